package org.spactor.runner.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.SpactorApi;

class ApiVersionTest {
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1.7, true",
        "0.1, 0.1.0-SNAPSHOT, true",
        "0.2, 0.1, false",
        "0.1, 0.2, false",
        "1.0, 0.1, false",
        "1.2, 1.0, true",
        "1.2, 1.2, true",
        "1.2, 1.3, false",
        "2.0, 1.9, false"
    })
    void aHostAcceptsPluginsOfItsMajorVersionThatNeedNoMoreThanItHas(String host, String plugin, boolean accepted) {
        ApiVersion hostVersion = ApiVersion.parse(host).orElseThrow();
        assertThat(hostVersion.accepts(ApiVersion.parse(plugin).orElseThrow())).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "latest", "1.x", "v1.0", "1.0beta", "-1.0"})
    void whatIsNoVersionIsNotTakenForOne(String text) {
        assertThat(ApiVersion.parse(text)).isEmpty();
    }

    @Test
    void theApisVersionIsThatOfTheRelease() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));
        Matcher version =
                Pattern.compile("<version>(\\d+\\.\\d+)\\.[^<]*</version>").matcher(pom);
        assertThat(version.find()).isTrue();
        assertThat(SpactorApi.VERSION).isEqualTo(version.group(1));
    }
}
