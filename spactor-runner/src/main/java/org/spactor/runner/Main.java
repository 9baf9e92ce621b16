package org.spactor.runner;

import com.google.inject.Guice;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.spactor.runner.command.FailureHandler;
import org.spactor.runner.environment.MachineMemory;
import picocli.CommandLine;

/** Where the runner starts. */
public final class Main {
    private Main() {}

    /** Runs a command and exits with its exit code. */
    public static void main(String[] arguments) {
        ExitGuard guard = ExitGuard.install();
        MachineMemory.here().limitArrays();
        int exitCode = run(arguments);
        guard.done();
        System.exit(exitCode);
    }

    private static int run(String[] arguments) {
        try {
            return Guice.createInjector(new RunnerModule())
                    .getInstance(CommandLine.class)
                    .execute(arguments);
        } catch (Throwable e) {
            // What picocli lets through: errors such as natives that are missing or memory that runs out.
            PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
            return FailureHandler.handle(e, err, Arrays.asList(arguments).contains("--debug"));
        }
    }
}
