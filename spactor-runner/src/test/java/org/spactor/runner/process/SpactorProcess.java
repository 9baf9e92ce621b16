package org.spactor.runner.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the program as a user does: in a process of its own. */
final class SpactorProcess {
    private static final long TIMEOUT_SECONDS = 240;
    private static final long POLL_MILLISECONDS = 1;

    private final Process process;
    private final Path output;

    private SpactorProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * What a process left behind.
     *
     * @param output standard output and standard error, as they came
     */
    record Outcome(int exitCode, String output) {}

    /** Something that a process brings about sooner or later. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    static Outcome run(Path workingDirectory, String... arguments) throws IOException, InterruptedException {
        return start(workingDirectory, arguments).await();
    }

    static SpactorProcess start(Path workingDirectory, String... arguments) throws IOException {
        return startCommand(workingDirectory, command(arguments));
    }

    /** The command that runs the program. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1")); // a process of seconds is over before it pays to optimise its code
        command.addAll(SharedClasses.options());
        command.add("org.spactor.runner.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    /** The program java that runs this test. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static SpactorProcess startCommand(Path workingDirectory, List<String> command) throws IOException {
        Path output = Files.createTempFile("spactor-", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(output.toFile());
        builder.directory(workingDirectory.toFile());
        builder.environment().remove("OPENBLAS_CORETYPE");
        Process process = builder.start();
        process.getOutputStream().close();
        return new SpactorProcess(process, output);
    }

    /** Waits for something; false if the process ended first. */
    boolean waitUntil(Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.holds()) {
            if (!process.isAlive()) {
                return condition.holds();
            }
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("waited for " + TIMEOUT_SECONDS + " seconds: " + Files.readString(output));
            }
            Thread.sleep(POLL_MILLISECONDS);
        }
        return true;
    }

    /** Sends SIGKILL and waits for the end. */
    Outcome kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        return await();
    }

    /** Sends a signal, by its name without SIG. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end. */
    Outcome await() throws IOException, InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("still running after " + TIMEOUT_SECONDS + " seconds: " + Files.readString(output));
        }
        String text = Files.readString(output);
        Files.delete(output);
        return new Outcome(process.exitValue(), text);
    }
}
