package org.spactor.runner.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spactor.runner.component.Origin;

class PluginRecordsTest {
    private static final PluginRecords MADE_WITH = records(plugin("example", "1.0", Map.of("example.jar", "aa")));

    @Test
    void theSamePluginsAreNoDifference() {
        PluginRecords same = records(
                Origin.builtIn(),
                new Origin.Plugin("example", "1.0", Path.of("elsewhere", "example.jar"), Map.of("example.jar", "aa")));

        assertThat(MADE_WITH.differences(same)).isEmpty();
    }

    @Test
    void aMissingPluginIsNamed() {
        assertThat(MADE_WITH.differences(records(Origin.builtIn()))).containsExactly("plugin 'example' 1.0 is missing");
    }

    @Test
    void anotherVersionIsNamed() {
        assertThat(MADE_WITH.differences(records(plugin("example", "1.1", Map.of("example.jar", "bb")))))
                .containsExactly("plugin 'example' 1.0 has version 1.1 now");
    }

    @Test
    void otherContentsAreNamedJarByJar() {
        PluginRecords many = records(plugin("example", "1.0", Map.of("a.jar", "aa", "b.jar", "bb", "c.jar", "cc")));
        PluginRecords others = records(plugin("example", "1.0", Map.of("a.jar", "aa", "b.jar", "xx", "d.jar", "dd")));

        assertThat(many.differences(others))
                .containsExactly("plugin 'example' 1.0 has other contents now: b.jar has SHA-256 xx instead of bb,"
                        + " c.jar is missing, d.jar is new");
    }

    @Test
    void aPluginThatWasNotUsedIsNamed() {
        assertThat(records(Origin.builtIn()).differences(MADE_WITH))
                .containsExactly("plugin 'example' 1.0 was not used");
    }

    @Test
    void recordsSurviveAManifest() throws Exception {
        ObjectMapper json = new ObjectMapper();

        String written = json.writeValueAsString(MADE_WITH);

        assertThat(json.readValue(written, PluginRecords.class)).isEqualTo(MADE_WITH);
    }

    private static Origin.Plugin plugin(String id, String version, Map<String, String> sha256) {
        return new Origin.Plugin(id, version, Path.of("plugins", id + ".jar"), sha256);
    }

    private static PluginRecords records(Origin... origins) {
        return PluginRecords.of(List.of(origins));
    }
}
