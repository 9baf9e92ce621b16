package org.spactor.runner.component;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import org.spactor.runner.configuration.PluginSettings;

/** The components on the runner's own class path: Spactor's, and those of libraries that somebody put beside it. */
public final class BuiltInComponents implements ComponentSources {
    /** Packages of Spactor's own components. */
    private static final List<String> OWN =
            List.of("org.spactor.models.", "org.spactor.objectives.", "org.spactor.engine.");

    @Override
    public List<ComponentSource> find(PluginSettings settings) {
        ClassLoader loader = BuiltInComponents.class.getClassLoader();
        return List.of(new ComponentSource(Origin.builtIn(), loader, BuiltInComponents::origin));
    }

    /** Where a provider on the class path comes from. */
    static Origin origin(Class<?> provider) {
        if (OWN.stream().anyMatch(provider.getName()::startsWith)) {
            return Origin.builtIn();
        }
        CodeSource source = provider.getProtectionDomain().getCodeSource();
        try {
            return new Origin.ClassPath(
                    source == null
                            ? Path.of("unknown")
                            : Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class comes from a file: " + source, e);
        }
    }
}
