package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** Settings of the native libraries for the whole process. */
public final class NativeLibraries {
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
     */
    public static List<String> warnings(Map<String, String> environment) {
        List<String> warnings = new ArrayList<>();
        String coreType = environment.get("OPENBLAS_CORETYPE");
        if (coreType != null && !coreType.isBlank()) {
            warnings.add("OPENBLAS_CORETYPE=" + coreType + " pins matrix products to that type of CPU, which can halve"
                    + " their speed. Unset it to let OpenBLAS find out: env -u OPENBLAS_CORETYPE ./spactor ...");
        }
        return warnings;
    }
}
