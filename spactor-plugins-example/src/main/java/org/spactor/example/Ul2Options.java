package org.spactor.example;

import java.util.List;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.component.Option;

/** Options of the corruptor {@code ul2}: which denoisers there are; each is as likely as any other. */
record Ul2Options(
        @Option(description = "The regular denoisers, short spans", defaultValue = "")
        Regular regular,

        @Option(description = "The sequential denoiser, one span at the end", defaultValue = "")
        Sequential sequential,

        @Option(description = "The extreme denoisers, long spans or much noise", defaultValue = "")
        Extreme extreme,

        @Option(
                description = "Whether the inputs begin with a token that says which kind of denoiser was at work",
                defaultValue = "prepend",
                source = "UL2, section 3.1.3")
        ModeToken modeToken) {

    /** What is done with the token of the mode. */
    enum ModeToken {
        PREPEND,
        NONE
    }

    record Regular(
            @Option(
                    description = "Mean span length of each, in tokens",
                    defaultValue = "3, 8",
                    range = "[1, inf)",
                    source = "UL2, table 1")
            List<Double> meanSpanLengths,

            @Option(
                    description = "Share of noise of each",
                    defaultValue = "0.15, 0.15",
                    range = "(0, 1)",
                    source = "UL2, table 1")
            List<Double> noiseDensities) {
        Regular {
            requireSameSize(meanSpanLengths, noiseDensities);
        }
    }

    record Sequential(
            @Option(
                    description = "Share of noise; 0 leaves this denoiser out",
                    defaultValue = "0.25",
                    range = "[0, 1)",
                    source = "UL2, table 1")
            double noiseDensity) {}

    record Extreme(
            @Option(
                    description = "Mean span length of each, in tokens",
                    defaultValue = "3, 8, 64, 64",
                    range = "[1, inf)",
                    source = "UL2, table 1")
            List<Double> meanSpanLengths,

            @Option(
                    description = "Share of noise of each",
                    defaultValue = "0.5, 0.5, 0.15, 0.5",
                    range = "(0, 1)",
                    source = "UL2, table 1")
            List<Double> noiseDensities) {
        Extreme {
            requireSameSize(meanSpanLengths, noiseDensities);
        }
    }

    private static void requireSameSize(List<Double> lengths, List<Double> densities) {
        if (lengths.size() != densities.size()) {
            throw new InvalidOptionException(
                    "noise-densities", densities + " is not one for each of the mean-span-lengths " + lengths);
        }
    }
}
