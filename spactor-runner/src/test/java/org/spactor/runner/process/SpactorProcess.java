package org.spactor.runner.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the program as a user does: in a process of its own. */
final class SpactorProcess {
    private static final long TIMEOUT_SECONDS = 120;

    private SpactorProcess() {}

    /**
     * What a process left behind.
     *
     * @param output standard output and standard error, as they came
     */
    record Outcome(int exitCode, String output) {}

    static Outcome run(Path workingDirectory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // a process of seconds is over before it pays to optimise its code
                "-cp",
                System.getProperty("java.class.path"),
                "org.spactor.runner.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(workingDirectory.toFile());
        builder.environment().remove("OPENBLAS_CORETYPE");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("still running after " + TIMEOUT_SECONDS + " seconds: " + output);
        }
        return new Outcome(process.exitValue(), output);
    }
}
