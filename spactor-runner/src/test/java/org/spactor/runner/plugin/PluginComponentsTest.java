package org.spactor.runner.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.runner.component.ComponentSource;
import org.spactor.runner.component.Origin;
import org.spactor.runner.configuration.PluginSettings;

/** What is found in a folder of plugins; what is refused is shown by real processes. */
class PluginComponentsTest {
    @TempDir
    private Path folder;

    @Test
    void aJarIsAPluginAndSoIsAFolderWithItsLibraries() throws IOException {
        jar(folder.resolve("one.jar"), "one", 1);
        jar(folder.resolve("two/plugin.jar"), "two", 1);
        jar(folder.resolve("two/library.jar"), null, 1);
        Files.writeString(folder.resolve("README.md"), "not a plugin");
        Files.writeString(folder.resolve(".DS_Store"), "not a plugin");

        assertThat(find())
                .extracting(plugin -> plugin.id() + " " + plugin.version() + " " + folder.relativize(plugin.location()))
                .containsExactly("one 1.0 one.jar", "two 1.0 two");
    }

    @Test
    void theHashChangesWithAnyJarAndWithNothingElse() throws IOException {
        jar(folder.resolve("two/plugin.jar"), "two", 1);
        jar(folder.resolve("two/library.jar"), null, 1);
        String before = find().get(0).sha256();
        assertThat(find().get(0).sha256()).isEqualTo(before).matches("[0-9a-f]{64}");

        jar(folder.resolve("two/library.jar"), null, 2);
        assertThat(find().get(0).sha256()).isNotEqualTo(before);
    }

    @Test
    void theHashOfAPluginOfOneJarIsThatOfTheFile() throws Exception {
        jar(folder.resolve("one.jar"), "one", 1);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve("one.jar")));

        assertThat(find().get(0).sha256()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void theDefaultFolderNeedNotBeThere() {
        assertThat(new PluginComponents().find(new PluginSettings("plugins"))).isEmpty();
    }

    private List<Origin.Plugin> find() {
        return new PluginComponents()
                .find(new PluginSettings(folder.toString())).stream()
                        .map(ComponentSource::origin)
                        .map(Origin.Plugin.class::cast)
                        .toList();
    }

    private static void jar(Path path, String id, int content) throws IOException {
        Files.createDirectories(path.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        if (id != null) {
            manifest.getMainAttributes().putValue("Plugin-Id", id);
            manifest.getMainAttributes().putValue("Plugin-Version", "1.0");
            manifest.getMainAttributes().putValue("Spactor-Api", "0.2");
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(path), manifest)) {
            out.putNextEntry(new JarEntry("META-INF/services/org.spactor.api.corruption.CorruptorProvider"));
            out.write(content);
        }
    }
}
