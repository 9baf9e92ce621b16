package org.spactor.runner.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spactor.cuda.device.DeviceException;
import org.spactor.data.DataException;
import org.spactor.engine.graph.GraphException;
import org.spactor.runner.checkpoint.CheckpointException;
import org.spactor.runner.component.ComponentException;
import org.spactor.runner.component.ComponentFailure;
import org.spactor.runner.configuration.problem.ConfigurationException;
import org.spactor.runner.configuration.problem.Suggestions;
import org.spactor.runner.environment.IoReason;
import org.spactor.runner.training.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong, and makes an exit code of it. Stack traces are for the log and for {@code --debug}. */
public final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** What is unpacked for one platform: ND4J, OpenBLAS and SentencePiece. */
    private static final int NATIVES_MEGABYTES = 530;

    private static final Logger log = LoggerFactory.getLogger(FailureHandler.class);

    /** Exceptions whose messages say all that a user needs to know. */
    private static final List<Class<? extends Exception>> MEANT_FOR_USERS = List.of(
            ConfigurationException.class,
            CheckpointException.class,
            ComponentException.class,
            ComponentFailure.class,
            DataException.class,
            DeviceException.class,
            GraphException.class,
            TrainingException.class);

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine commandLine = exception.getCommandLine();
        String command = commandLine.getCommandSpec().qualifiedName();
        PrintWriter err = commandLine.getErr();
        err.println(command + ": " + message(exception));
        err.println("Try '" + command + " --help'.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine commandLine, ParseResult result) {
        return handle(exception, commandLine.getErr(), debug(commandLine));
    }

    /**
     * Reports a failure.
     *
     * @param debug whether to show the stack trace
     * @return the exit code
     */
    public static int handle(Throwable failure, PrintWriter err, boolean debug) {
        log.error("failed", failure);
        err.println(message(failure));
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
        boolean usersToMend = failure instanceof ConfigurationException || failure instanceof ComponentException;
        return usersToMend ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static String message(ParameterException exception) {
        CommandSpec command = exception.getCommandLine().getCommandSpec();
        if (exception instanceof UnmatchedArgumentException unmatched
                && !command.subcommands().isEmpty()
                && !unmatched.getUnmatched().isEmpty()
                && !unmatched.isUnknownOption()) {
            return Suggestions.noSuch(
                    "command",
                    unmatched.getUnmatched().get(0),
                    command.subcommands().keySet());
        }
        return exception.getMessage();
    }

    private static String message(Throwable failure) {
        for (Class<? extends Exception> type : MEANT_FOR_USERS) {
            if (type.isInstance(failure)) {
                return failure.getMessage();
            }
        }
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (cause instanceof IOException file) {
            return IoReason.of(file);
        }
        if (cause instanceof InvalidPathException path) {
            return "'" + path.getInput() + "' is no path here: " + path.getReason() + ". If it is written in letters"
                    + " beyond ASCII, run under a UTF-8 locale: LC_ALL=C.UTF-8 spactor ...";
        }
        if (cause instanceof LinkageError && concernsNatives(cause)) {
            return "the native libraries cannot be loaded: " + rootMessage(cause) + ". They are unpacked once, which"
                    + " needs " + NATIVES_MEGABYTES + " MB, to " + cacheFolder()
                    + ". Make room or give access there, or"
                    + " choose another folder: SPACTOR_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR";
        }
        if (cause instanceof OutOfMemoryError) {
            return "memory ran out: " + cause.getMessage() + ". A smaller training.batch-size or more"
                    + " training.accumulation need less; SPACTOR_JAVA_OPTIONS=-Xmx4g gives the Java heap 4 GB, for text"
                    + " that is held in memory";
        }
        String firstLine = cause.toString().lines().findFirst().orElseThrow();
        return "unexpected failure: " + firstLine + ". --debug shows where";
    }

    /** Classes that load natives fail once with the reason, and from then on without. */
    private static boolean concernsNatives(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (StackTraceElement frame : cause.getStackTrace()) {
                if (frame.getClassName().startsWith("org.bytedeco.")
                        || frame.getClassName().startsWith("org.nd4j.")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof IOException file
                ? IoReason.of(file)
                : root.toString().lines().findFirst().orElseThrow();
    }

    private static String cacheFolder() {
        String chosen = System.getProperty("org.bytedeco.javacpp.cachedir");
        return chosen == null
                ? Path.of(System.getProperty("user.home"), ".javacpp", "cache").toString()
                : chosen;
    }

    private static boolean debug(CommandLine commandLine) {
        CommandLine top = commandLine;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return top.getCommand() instanceof SpactorCommand command && command.debug();
    }
}
