package org.spactor.runner.configuration;

import org.spactor.api.component.Option;

/** The keys under {@code data.validation}. */
public record ValidationSettings(
        @Option(description = "Share of the documents that is held out", defaultValue = "0.01", range = "[0, 1)")
        double fraction,

        @Option(description = "Number of batches of a validation", defaultValue = "16", range = "[1, inf)")
        int batches) {}
