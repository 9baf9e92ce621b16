package org.spactor.cuda.driver;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.DeviceException;

/**
 * Finds NVIDIA's libraries on the machine: where the system's loader looks, and where CUDA is usually installed. Versions
 * 13 and 12 are taken, the newer one first; the functions used here are the same in both.
 */
final class CudaLibraries {
    /** Folders with CUDA's libraries, as on a path; looked at first. */
    static final String FOLDERS = "SPACTOR_CUDA_LIBRARIES";

    private final Map<String, String> environment;

    CudaLibraries(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The driver.
     *
     * @throws DeviceException if there is none
     */
    DriverLibrary driver() {
        String name = Platform.isWindows() ? "nvcuda" : "libcuda.so.1";
        try {
            return Native.load(name, DriverLibrary.class);
        } catch (UnsatisfiedLinkError e) {
            throw new DeviceException(
                    "there is no NVIDIA driver: " + name + " is not found. Install the driver of the"
                            + " card, or in a container start it with access to the card",
                    e);
        }
    }

    /**
     * The compiler of kernels.
     *
     * @throws DeviceException if there is none
     */
    NvrtcLibrary nvrtc() {
        return load("nvrtc", List.of("nvrtc64_130_0", "nvrtc64_120_0"), NvrtcLibrary.class);
    }

    /**
     * The library of matrix products.
     *
     * @throws DeviceException if there is none
     */
    CublasLtLibrary cublasLt() {
        return load("cublasLt", List.of("cublasLt64_13", "cublasLt64_12"), CublasLtLibrary.class);
    }

    private <T extends Library> T load(String name, List<String> onWindows, Class<T> functions) {
        List<String> names =
                Platform.isWindows() ? onWindows : List.of("lib" + name + ".so.13", "lib" + name + ".so.12");
        List<Path> folders = folders();
        for (String file : names) {
            for (Path folder : folders) {
                Path library = folder.resolve(Platform.isWindows() ? file + ".dll" : file);
                if (Files.exists(library)) {
                    loadBuiltins(folder);
                    return Native.load(library.toString(), functions);
                }
            }
            if (loads(file)) {
                return Native.load(file, functions);
            }
        }
        throw new DeviceException("CUDA's library " + name + " is not found, neither as "
                + String.join(" nor as ", names)
                + ", where the system looks and in " + folders + ". Install CUDA 12 or 13 (its runtime libraries are"
                + " enough), or name their folder in " + FOLDERS);
    }

    /** NVRTC looks for its other half where the system looks, not beside itself, unless it is loaded already. */
    private static void loadBuiltins(Path folder) {
        for (Path builtins : list(folder, "libnvrtc-builtins.so.*")) {
            NativeLibrary.getInstance(builtins.toString());
        }
    }

    private static boolean loads(String file) {
        try {
            NativeLibrary.getInstance(file);
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault(FOLDERS, "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        for (String variable : List.of("CUDA_PATH", "CUDA_HOME")) {
            String home = environment.get(variable);
            if (home != null) {
                addLibraries(Path.of(home), folders);
            }
        }
        if (!Platform.isWindows()) {
            addLibraries(Path.of("/usr/local/cuda"), folders);
            installed().forEach(home -> addLibraries(home, folders));
        }
        return folders;
    }

    private static void addLibraries(Path home, List<Path> folders) {
        for (String name : List.of("lib64", "lib", "bin", "bin/x64")) {
            if (Files.isDirectory(home.resolve(name))) {
                folders.add(home.resolve(name));
            }
        }
    }

    /** Versions beside each other, the newest first. */
    private static List<Path> installed() {
        List<Path> homes = new ArrayList<>(list(Path.of("/usr/local"), "cuda-*"));
        homes.sort(Comparator.reverseOrder());
        return homes;
    }

    private static List<Path> list(Path folder, String pattern) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, pattern)) {
                stream.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look into " + folder, e);
            }
        }
        return found;
    }
}
