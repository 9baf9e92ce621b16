package org.spactor.runner;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spactor.runner.assembly.Assembler;
import org.spactor.runner.command.CommandModule;
import org.spactor.runner.component.BuiltInComponents;
import org.spactor.runner.component.ComponentKind;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.ComponentRegistryFactory;
import org.spactor.runner.component.ComponentSources;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.configuration.layer.ConfigurationLoader;
import org.spactor.runner.configuration.layer.Presets;
import org.spactor.runner.plugin.PluginComponents;

/** Everything of the runner that does not depend on a configuration. */
public final class RunnerModule extends AbstractModule {
    private static final Logger log = LoggerFactory.getLogger(RunnerModule.class);

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        install(new CommandModule());

        bind(Clock.class).toInstance(Clock.system(ZoneId.systemDefault()));
        bind(Presets.class).in(Scopes.SINGLETON);
        bind(ConfigurationLoader.class).in(Scopes.SINGLETON);
        bind(new TypeLiteral<List<ComponentKind<?>>>() {}).toInstance(ComponentKinds.ALL);
        bind(ComponentRegistryFactory.class).in(Scopes.SINGLETON);
        bind(Assembler.class).in(Scopes.SINGLETON);
        bind(Watchdog.class).toInstance(new Watchdog(Watchdog.PATIENCE, RunnerModule::bark));
        Multibinder<ComponentSources> sources = Multibinder.newSetBinder(binder(), ComponentSources.class);
        sources.addBinding().to(BuiltInComponents.class);
        sources.addBinding().to(PluginComponents.class);
        bind(BuiltInComponents.class);
        bind(PluginComponents.class);
    }

    /** A progress bar may stand in the line. */
    private static void bark(String message) {
        log.warn(message);
        System.err.println("\nwarning: " + message);
    }
}
