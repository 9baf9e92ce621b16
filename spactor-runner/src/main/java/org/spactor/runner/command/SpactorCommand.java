package org.spactor.runner.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line's top level: everything is done by its subcommands. */
@Command(
        name = "spactor",
        description = "Pre-trains T5 models by span corruption and replaced token detection.",
        subcommands = {
            PretrainCommand.class,
            BenchmarkCommand.class,
            EstimateCommand.class,
            PreviewCommand.class,
            PluginsCommand.class,
            DescribeCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage or configuration",
            "129:hung up, with a checkpoint written",
            "130:interrupted, with a checkpoint written",
            "143:terminated, with a checkpoint written"
        })
public final class SpactorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean debug;

    /** Without a subcommand there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** Whether failures are shown with their stack traces. */
    boolean debug() {
        return debug;
    }
}
