package org.spactor.runner.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.common.config.ND4JClassLoading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spactor.runner.component.ComponentException;
import org.spactor.runner.component.ComponentSource;
import org.spactor.runner.component.ComponentSources;
import org.spactor.runner.component.Origin;
import org.spactor.runner.configuration.ConfigurationResolver;
import org.spactor.runner.configuration.PluginSettings;
import org.spactor.runner.environment.IoReason;

/**
 * The components of the plugins in a folder. Each plugin is {@code x.jar} or {@code x/*.jar}. If one of them cannot be
 * used, none is: a run must not go on with less than it was given.
 */
public final class PluginComponents implements ComponentSources {
    private static final Logger log = LoggerFactory.getLogger(PluginComponents.class);

    private final ClassLoader host = PluginComponents.class.getClassLoader();

    /**
     * {@inheritDoc}
     *
     * @throws ComponentException with everything that is wrong with the plugins
     */
    @Override
    public List<ComponentSource> find(PluginSettings settings) {
        List<String> problems = new ArrayList<>();
        List<ComponentSource> sources = new ArrayList<>();
        Map<String, Origin.Plugin> byId = new LinkedHashMap<>();
        for (PluginCandidate candidate : candidates(settings, problems)) {
            PluginInspection inspection = new PluginInspection(candidate);
            inspection.inspect().ifPresent(plugin -> {
                Origin.Plugin other = byId.putIfAbsent(plugin.id(), plugin);
                if (other != null) {
                    problems.add(plugin.location() + ": has the Plugin-Id '" + plugin.id() + "', as "
                            + other.location() + " has (versions " + plugin.version() + " and " + other.version()
                            + "). Remove one of them");
                }
                sources.add(new ComponentSource(plugin, classLoader(plugin, candidate)));
            });
            problems.addAll(inspection.problems());
        }
        if (!problems.isEmpty()) {
            throw new ComponentException("plugins", problems);
        }
        // otherwise ND4J keeps the context class loader of whichever thread touches it first, which may be a
        // component's
        ND4JClassLoading.setNd4jClassloader(host);
        byId.values().forEach(plugin -> log.info("plugin {} {}", plugin, plugin.sha256()));
        return sources;
    }

    /** Nobody has to have the default folder; a folder that somebody asked for has to be there. */
    private static List<PluginCandidate> candidates(PluginSettings settings, List<String> problems) {
        Path folder = Path.of(settings.directory());
        if (!Files.isDirectory(folder)) {
            if (settings.equals(ConfigurationResolver.defaultPlugins()) && !Files.exists(folder)) {
                return List.of();
            }
            throw new ComponentException(
                    "plugins",
                    List.of("plugins.directory: '" + folder + "' is not a folder. Give the folder that holds the jars,"
                            + " with this key or with --plugins"));
        }
        try {
            return PluginCandidate.in(folder, problems);
        } catch (IOException e) {
            throw new ComponentException(
                    "plugins", List.of("plugins.directory: '" + folder + "' cannot be read: " + IoReason.of(e)));
        }
    }

    private ClassLoader classLoader(Origin.Plugin plugin, PluginCandidate candidate) {
        List<URL> jars = new ArrayList<>();
        for (Path jar : candidate.jars()) {
            try {
                jars.add(jar.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException("the path of a file is a URL: " + jar, e);
            }
        }
        return new PluginClassLoader(plugin.id(), jars, host);
    }
}
