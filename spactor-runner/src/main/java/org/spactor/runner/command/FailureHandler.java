package org.spactor.runner.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spactor.data.DataException;
import org.spactor.engine.graph.GraphException;
import org.spactor.runner.checkpoint.CheckpointException;
import org.spactor.runner.component.ComponentException;
import org.spactor.runner.configuration.problem.ConfigurationException;
import org.spactor.runner.configuration.problem.Suggestions;
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
    private static final Logger log = LoggerFactory.getLogger(FailureHandler.class);

    /** Exceptions whose messages say all that a user needs to know. */
    private static final List<Class<? extends Exception>> MEANT_FOR_USERS = List.of(
            ConfigurationException.class,
            CheckpointException.class,
            ComponentException.class,
            DataException.class,
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
        if (cause instanceof NoSuchFileException missing) {
            return "no file '" + missing.getFile() + "'";
        }
        if (cause instanceof AccessDeniedException denied) {
            return "no access to '" + denied.getFile() + "'";
        }
        if (cause instanceof IOException && cause.getMessage() != null) {
            return cause.getMessage();
        }
        if (cause instanceof OutOfMemoryError) {
            return "memory ran out: " + cause.getMessage() + ". A smaller training.batch-size or more"
                    + " training.accumulation need less; SPACTOR_JAVA_OPTIONS=-Xmx4g gives the Java heap 4 GB, for text"
                    + " that is held in memory";
        }
        String firstLine = cause.toString().lines().findFirst().orElseThrow();
        return "unexpected failure: " + firstLine + ". --debug shows where";
    }

    private static boolean debug(CommandLine commandLine) {
        CommandLine top = commandLine;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return top.getCommand() instanceof SpactorCommand command && command.debug();
    }
}
