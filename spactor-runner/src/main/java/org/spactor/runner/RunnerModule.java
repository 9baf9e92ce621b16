package org.spactor.runner;

import com.google.inject.AbstractModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spactor.runner.command.CommandModule;
import org.spactor.runner.embedded.LibraryModule;

/** Everything of the runner that does not depend on a configuration: the library, and the commands upon it. */
public final class RunnerModule extends AbstractModule {
    private static final Logger log = LoggerFactory.getLogger(RunnerModule.class);

    @Override
    protected void configure() {
        install(new LibraryModule(RunnerModule::bark));
        install(new CommandModule());
    }

    /** A progress bar may stand in the line. */
    private static void bark(String message) {
        log.warn(message);
        System.err.println("\nwarning: " + message);
    }
}
