package org.spactor.runner.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Jars that the build has made or fetched; they are there from the phase {@code integration-test} on. */
final class TestJars {
    /** The system property with their folder. */
    static final String FOLDER = "spactor.test.jars";

    private TestJars() {}

    /** Puts the example plugin's jar into a folder of plugins. */
    static Path exampleInto(Path plugins) throws IOException {
        return copy("example.jar", plugins.resolve("example.jar"));
    }

    /** Copies a jar. */
    static Path copy(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        return Files.copy(Path.of(System.getProperty(FOLDER)).resolve(name), target);
    }
}
