package org.spactor.objectives.corruption;

import org.spactor.api.component.Option;

/**
 * Options of the corruptor {@code span}.
 *
 * @param noiseDensity share of the tokens that is noise, in (0, 1)
 * @param meanSpanLength mean number of tokens in a span of noise, at least 1
 */
public record SpanOptions(
        @Option(
                description = "Share of the tokens that is replaced by sentinels",
                defaultValue = "0.15",
                range = "(0, 1)",
                source = "T5, section 3.3.3")
        double noiseDensity,

        @Option(
                description = "Mean number of tokens that one sentinel replaces",
                defaultValue = "3.0",
                range = "[1, inf)",
                source = "T5, section 3.3.4")
        double meanSpanLength) {}
