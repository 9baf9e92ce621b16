package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** Settings of the native libraries for the whole process. */
public final class NativeLibraries {
    private static final List<Pin> PINS = List.of(
            new Pin(OpenBlasProducts.NAME, "OPENBLAS_CORETYPE"),
            new Pin(OneDnnProducts.NAME, "ONEDNN_MAX_CPU_ISA"),
            new Pin(OneDnnProducts.NAME, "DNNL_MAX_CPU_ISA"));

    private NativeLibraries() {}

    /**
     * Loads the native libraries and makes each call of them use one thread: the replicas are what runs in parallel.
     * Without this, the threads inside of ND4J and OpenBLAS would wait for each other at every small operation.
     */
    public static void useOneThreadPerCall() {
        Environment environment = Nd4j.getEnvironment();
        environment.setMaxThreads(1);
        environment.setMaxMasterThreads(1);
        if (environment.isCPU()) {
            openblas_nolapack.blas_set_num_threads(1);
        }
    }

    /**
     * What in the environment makes the native libraries slow, one sentence each.
     *
     * @param environment the process's environment variables
     * @param productLibrary name of the library that multiplies matrices: {@link Nd4jBackend#productLibrary()}
     */
    public static List<String> warnings(Map<String, String> environment, String productLibrary) {
        List<String> warnings = new ArrayList<>();
        for (Pin pin : PINS) {
            String value = environment.get(pin.variable());
            if (pin.library().equals(productLibrary) && value != null && !value.isBlank()) {
                warnings.add(pin.variable() + "=" + value + " pins matrix products to that type of CPU, which can halve"
                        + " their speed. Unset it to let " + productLibrary + " find out: env -u " + pin.variable()
                        + " ./spactor ...");
            }
        }
        return warnings;
    }

    /** A variable by which somebody says what CPU a library is to believe in. */
    private record Pin(String library, String variable) {}
}
