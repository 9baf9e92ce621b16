package org.spactor.objectives.corruption;

import org.spactor.api.component.Option;

/**
 * Options of the corruptor {@code token-mask}.
 *
 * @param rate share of the eligible tokens that is masked, in (0, 1)
 * @param maskId id that replaces them, or -1 for the vocabulary's first unused id
 */
public record TokenMaskOptions(
        @Option(
                description = "Share of the tokens of the inputs, special ones aside, that is masked",
                defaultValue = "0.15",
                range = "(0, 1)",
                source = "ELECTRA, section 2")
        double rate,

        @Option(
                description = "Id that replaces a masked token, one that the vocabulary does not use; "
                        + "-1 takes the first such",
                defaultValue = "-1",
                range = "[-1, inf)")
        int maskId) {
    /** The value of {@link #maskId} that stands for the vocabulary's first unused id. */
    public static final int FIRST_UNUSED = -1;
}
