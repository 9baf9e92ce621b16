package org.spactor.example;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.spactor.testkit.PluginJarContract;

/** The jar as it is built. */
@EnabledIfSystemProperty(named = "plugin.jar", matches = ".+", disabledReason = "the jar is made by `package`")
class ExampleJarIT extends PluginJarContract {
    @Override
    protected List<Path> jars() {
        return List.of(Path.of(System.getProperty("plugin.jar")));
    }
}
