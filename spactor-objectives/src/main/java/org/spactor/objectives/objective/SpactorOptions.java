package org.spactor.objectives.objective;

import org.spactor.api.component.Option;

/**
 * Options of {@link SpactorObjective}.
 *
 * @param temperature of the softmax that replacements are drawn from
 * @param head form of the head that detects them
 * @param detectsSpecialTokens whether sentinels and {@code </s>} count in the loss of detection
 */
public record SpactorOptions(
        @Option(
                description = "Temperature of the softmax that replacements are drawn from",
                defaultValue = "1",
                range = "(0, inf)",
                source = "ELECTRA")
        double temperature,

        @Option(
                description = "Head that detects replaced tokens: dense, gelu, dense to 1; or linear, dense to 1 alone",
                defaultValue = "dense",
                source = "ELECTRA")
        Head head,

        @Option(
                description = "Whether sentinels and </s>, which are never replaced, count in the loss of detection",
                defaultValue = "false",
                source = "Our choice: whether the paper counts them is not known to us")
        boolean detectsSpecialTokens) {

    /** Form of the head that detects replaced tokens. */
    public enum Head {
        DENSE,
        LINEAR
    }
}
