package org.spactor.runner.embedded;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.runner.assembly.Assembler;
import org.spactor.runner.component.BuiltInComponents;
import org.spactor.runner.component.ComponentKind;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.ComponentRegistryFactory;
import org.spactor.runner.component.ComponentSources;
import org.spactor.runner.component.ProvidedComponent;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.configuration.layer.ConfigurationLoader;
import org.spactor.runner.configuration.layer.Presets;
import org.spactor.runner.device.Devices;
import org.spactor.runner.plugin.PluginComponents;
import org.spactor.runner.training.PretrainingFactory;

/** Everything that goes from a configuration to a run, without the command line. */
public final class LibraryModule extends AbstractModule {
    private final Consumer<String> warnings;

    /**
     * A module.
     *
     * @param warnings is told when a component takes very long
     */
    public LibraryModule(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();

        bind(Clock.class).toInstance(Clock.system(ZoneId.systemDefault()));
        bind(Presets.class).in(Scopes.SINGLETON);
        bind(ConfigurationLoader.class).in(Scopes.SINGLETON);
        bind(new TypeLiteral<List<ComponentKind<?>>>() {}).toInstance(ComponentKinds.ALL);
        bind(ComponentRegistryFactory.class).in(Scopes.SINGLETON);
        bind(Assembler.class).in(Scopes.SINGLETON);
        bind(Watchdog.class).toInstance(new Watchdog(Watchdog.PATIENCE, warnings));
        bind(Backend.class).toProvider(Nd4jBackend::create);
        bind(Devices.class);
        bind(PretrainingFactory.class);
        Multibinder<ComponentSources> sources = Multibinder.newSetBinder(binder(), ComponentSources.class);
        sources.addBinding().to(BuiltInComponents.class);
        sources.addBinding().to(PluginComponents.class);
        bind(BuiltInComponents.class);
        bind(PluginComponents.class);
        Multibinder.newSetBinder(binder(), new TypeLiteral<ProvidedComponent<?>>() {});
    }
}
