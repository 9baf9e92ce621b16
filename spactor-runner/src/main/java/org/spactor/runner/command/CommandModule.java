package org.spactor.runner.command;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import picocli.CommandLine;

/**
 * Binds the commands. A new one is a line here and one in the subcommands of {@link SpactorCommand}; it gets what it
 * needs by constructor, and its configuration from {@link ConfigurationOptions}.
 */
public final class CommandModule extends AbstractModule {
    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        bind(GuiceFactory.class);
        bind(FailureHandler.class);
        bind(ConfigurationOptions.class);

        bind(VersionText.class);
        bind(SpactorCommand.class);
        bind(BenchmarkCommand.class);
        bind(DescribeCommand.class);
        bind(EstimateCommand.class);
        bind(PluginsCommand.class);
        bind(PretrainCommand.class);
        bind(PreviewCommand.class);
    }

    @Provides
    CommandLine commandLine(SpactorCommand command, GuiceFactory factory, FailureHandler failures) {
        return new CommandLine(command, factory)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setUsageHelpAutoWidth(false);
    }
}
