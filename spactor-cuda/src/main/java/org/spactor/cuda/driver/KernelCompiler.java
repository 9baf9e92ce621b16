package org.spactor.cuda.driver;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spactor.cuda.device.DeviceException;
import org.spactor.cuda.device.KernelSource;

/** Compiles CUDA C++ by NVRTC, for which no card is needed. */
public final class KernelCompiler {
    private final NvrtcLibrary nvrtc;

    KernelCompiler(NvrtcLibrary nvrtc) {
        this.nvrtc = nvrtc;
    }

    /**
     * The machine's NVRTC.
     *
     * @throws DeviceException if there is none
     */
    public static KernelCompiler ofMachine(Map<String, String> environment) {
        return new KernelCompiler(new CudaLibraries(environment).nvrtc());
    }

    /** Its version, for instance {@code 13.0}. */
    public String version() {
        IntByReference major = new IntByReference();
        IntByReference minor = new IntByReference();
        check(nvrtc.nvrtcVersion(major, minor), "cannot be asked for its version");
        return major.getValue() + "." + minor.getValue();
    }

    /** What it compiles for, as compute capabilities times ten, in ascending order. */
    public List<Integer> architectures() {
        IntByReference count = new IntByReference();
        check(nvrtc.nvrtcGetNumSupportedArchs(count), "cannot be asked for its architectures");
        int[] architectures = new int[count.getValue()];
        check(nvrtc.nvrtcGetSupportedArchs(architectures), "cannot be asked for its architectures");
        return Arrays.stream(architectures).sorted().boxed().toList();
    }

    /**
     * Compiles a file.
     *
     * @param architecture compute capability times ten. If the compiler is older than the card, what comes out is PTX for
     *     the newest architecture that it knows, which the driver compiles further
     * @throws DeviceException with the compiler's messages, if they say that it cannot
     */
    public Image compile(KernelSource source, int architecture) {
        List<Integer> known = architectures();
        boolean exact = known.contains(architecture);
        int target = exact
                ? architecture
                : known.stream()
                        .filter(a -> a <= architecture)
                        .reduce((a, b) -> b)
                        .orElse(architecture);
        List<String> options = new ArrayList<>(List.of(
                "--gpu-architecture=" + (exact ? "sm_" : "compute_") + target, "--std=c++17", "--ptxas-options=-v"));
        new TreeMap<>(source.macros()).forEach((macro, value) -> options.add("-D" + macro + "=" + value));
        PointerByReference program = new PointerByReference();
        check(
                nvrtc.nvrtcCreateProgram(
                        program, source.text(), source.name(), 1, new String[] {KernelSource.header()}, new String[] {
                            KernelSource.HEADER
                        }),
                "cannot take " + source.name());
        try {
            int result = nvrtc.nvrtcCompileProgram(program.getValue(), options.size(), options.toArray(String[]::new));
            String log = log(program.getValue());
            check(result, "cannot compile " + source.name() + " with " + options + ":\n" + log);
            return new Image(exact ? cubin(program.getValue()) : ptx(program.getValue()), log);
        } finally {
            nvrtc.nvrtcDestroyProgram(program);
        }
    }

    private String log(Pointer program) {
        LongByReference bytes = new LongByReference();
        check(nvrtc.nvrtcGetProgramLogSize(program, bytes), "gives no log");
        byte[] log = new byte[Math.toIntExact(bytes.getValue())];
        check(nvrtc.nvrtcGetProgramLog(program, log), "gives no log");
        return new String(log, StandardCharsets.UTF_8).replace("\0", "");
    }

    private byte[] cubin(Pointer program) {
        LongByReference bytes = new LongByReference();
        check(nvrtc.nvrtcGetCUBINSize(program, bytes), "gives no machine code");
        byte[] cubin = new byte[Math.toIntExact(bytes.getValue())];
        check(nvrtc.nvrtcGetCUBIN(program, cubin), "gives no machine code");
        return cubin;
    }

    private byte[] ptx(Pointer program) {
        LongByReference bytes = new LongByReference();
        check(nvrtc.nvrtcGetPTXSize(program, bytes), "gives no PTX");
        byte[] ptx = new byte[Math.toIntExact(bytes.getValue())];
        check(nvrtc.nvrtcGetPTX(program, ptx), "gives no PTX");
        return ptx;
    }

    private void check(int result, String what) {
        if (result != 0) {
            throw new DeviceException("NVRTC " + what + " (" + nvrtc.nvrtcGetErrorString(result) + ")");
        }
    }

    /**
     * Compiled kernels.
     *
     * @param bytes machine code, or PTX
     * @param log what the compiler said: registers, shared memory and spills of each kernel
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Image(byte[] bytes, String log) {}
}
