package org.spactor.engine.saved;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** Runs a program of the tests in a process whose class path has everything that this one's has but ND4J. */
public final class WithoutNd4j {
    private static final String PACKAGE = "org/nd4j/";

    private WithoutNd4j() {}

    /**
     * Runs a program.
     *
     * @return the lines it prints
     * @throws IllegalStateException if it fails; the message has what it printed
     */
    public static List<String> run(Class<?> program, Path folder) throws IOException, InterruptedException {
        List<String> classPath = new ArrayList<>();
        int left = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (isNd4j(entry)) {
                left++;
            } else {
                classPath.add(entry);
            }
        }
        if (left == 0) {
            throw new IllegalStateException("there is no ND4J to leave out of the class path " + classPath);
        }
        Path errors = Files.createTempFile("without-nd4j-", ".err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        program.getName(),
                        folder.toString())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        String error = Files.readString(errors);
        Files.delete(errors);
        if (code != 0) {
            throw new IllegalStateException(program.getName() + " failed with code " + code + ": " + error);
        }
        return output.lines().toList();
    }

    private static boolean isNd4j(String entry) throws IOException {
        if (!entry.endsWith(".jar")) {
            return Files.isDirectory(Path.of(entry, PACKAGE));
        }
        try (JarFile jar = new JarFile(entry)) {
            return jar.stream().anyMatch(file -> file.getName().startsWith(PACKAGE));
        }
    }
}
