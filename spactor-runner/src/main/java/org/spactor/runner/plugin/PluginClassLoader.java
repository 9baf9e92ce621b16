package org.spactor.runner.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads one plugin's classes: those of the Java platform, those of the {@link HostPackages}, and otherwise only those in
 * the plugin's own jars. Neither the host's libraries nor other plugins are seen, so that each may have its own versions.
 *
 * <p>Source: the scheme of Trino's {@code PluginClassLoader}.
 */
final class PluginClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassLoader host;

    /**
     * @param name for stack traces: the plugin's id
     * @param jars the plugin's jars
     * @param host what loads the host's packages
     */
    PluginClassLoader(String name, List<URL> jars, ClassLoader host) {
        super(name, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.host = host;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return HostPackages.ofClass(name).isPresent() ? host.loadClass(name) : super.loadClass(name, resolve);
    }
}
