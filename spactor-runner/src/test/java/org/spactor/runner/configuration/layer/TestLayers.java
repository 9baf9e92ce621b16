package org.spactor.runner.configuration.layer;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.spactor.runner.configuration.problem.ValueOrigin;

/** Configurations for tests, written as YAML. */
public final class TestLayers {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private TestLayers() {}

    /** A loader for which it is noon on 1 March 2026. */
    public static ConfigurationLoader loader() {
        return new ConfigurationLoader(new Presets(), NOON);
    }

    /** A node that was written on the command line; its key is {@code here}. */
    public static ConfigurationNode node(String yaml) {
        Assignment assignment = new Assignment.Yaml("here", yaml, ValueOrigin.commandLine("--set"));
        ConfigurationRequest request =
                new ConfigurationRequest(Optional.empty(), Optional.empty(), List.of(assignment));
        return loader().load(request).root().child("here");
    }
}
