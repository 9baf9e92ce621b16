package org.spactor.cuda.emulator;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spactor.cuda.device.KernelSource;

/**
 * Compiles kernels with the machine's C++ compiler into libraries, in which every kernel has a way in that takes its
 * arguments as an array. A library is kept in the temporary folder under a name that says all that it was made of.
 */
final class Compiler {
    private static final Pattern KERNEL =
            Pattern.compile("\\bKERNEL\\s+(?:__launch_bounds__\\([^)]*\\)\\s*)?(\\w+)\\s*\\(");
    /** Libraries of the same kernels with other macros have the same symbols: each takes its own. */
    private static final List<String> OPTIONS = List.of(
            "-Wl,-Bsymbolic",
            "-fno-gnu-unique",
            "-std=c++17",
            "-O3",
            "-march=native",
            "-fPIC",
            "-shared",
            "-pthread",
            "-fno-strict-aliasing",
            "-ffp-contract=off",
            "-w");

    private final String program;
    private final Path folder;

    private Compiler(String program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Whether there is one, on a system whose libraries it makes as they are needed here. */
    static boolean isInstalled() {
        if (!Platform.isLinux()) {
            return false;
        }
        try {
            Process process = new ProcessBuilder(program(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String program() {
        return System.getenv().getOrDefault("CXX", "g++");
    }

    /** The machine's C++ compiler: {@code CXX}, or {@code g++}. */
    static Compiler shared() {
        String program = program();
        Path folder =
                Path.of(System.getProperty("java.io.tmpdir"), "spactor-emulator-" + System.getProperty("user.name"));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
        return new Compiler(program, folder);
    }

    /** The library of matrix products. */
    NativeLibrary products() {
        return library("products", resource("products.cpp"), Map.of());
    }

    /** A library of kernels, and of a {@code launch_} for each of them. */
    NativeLibrary compile(KernelSource source) {
        StringBuilder text = new StringBuilder(resource("emulator.h"));
        text.append(KernelSource.header());
        text.append("#line 1 \"").append(source.name()).append("\"\n");
        text.append(source.text().replace("#include \"" + KernelSource.HEADER + "\"", ""));
        Matcher kernel = KERNEL.matcher(source.text());
        while (kernel.find()) {
            text.append("\nextern \"C\" void launch_")
                    .append(kernel.group(1))
                    .append("(const unsigned* grid, unsigned shared, void** arguments) { emulator::launch(")
                    .append(kernel.group(1))
                    .append(", grid, shared, arguments); }\n");
        }
        return library(source.name(), text.toString(), source.macros());
    }

    private NativeLibrary library(String name, String text, Map<String, String> macros) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(OPTIONS);
        new TreeMap<>(macros).forEach((macro, value) -> command.add("-D" + macro + "=" + value));
        String key = name.replace('.', '-') + "-" + hash(String.join("\n", command) + "\n" + text);
        Path library = folder.resolve(key + ".so");
        try {
            if (!Files.exists(library)) {
                build(command, text, key, library);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compile " + name + " with " + program, e);
        }
        return NativeLibrary.getInstance(library.toString());
    }

    private void build(List<String> command, String text, String key, Path library) throws IOException {
        Path source = Files.createTempFile(folder, key, ".cpp");
        Path output = Files.createTempFile(folder, key, ".so");
        Files.writeString(source, text);
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("-o", output.toString(), source.toString()));
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", whole) + "\n" + messages);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while compiling", e);
        }
        Files.move(output, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(source);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String file) {
        try (InputStream stream = Compiler.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
