package org.spactor.example;

import org.spactor.api.component.Option;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;

/** Makes the objective {@code prefix-lm}, {@link PrefixLm}. */
public final class PrefixLmProvider implements ObjectiveProvider<PrefixLmProvider.Options> {
    /** Options of the objective. */
    record Options(
            @Option(
                    description = "Share of the text that the encoder reads; the decoder continues it",
                    defaultValue = "0.5",
                    range = "(0, 1)",
                    source = "T5's split at a random place, in the mean")
            double prefixShare) {}

    @Override
    public String name() {
        return "prefix-lm";
    }

    @Override
    public String summary() {
        return "The decoder continues the text whose beginning the encoder reads; one loss, lm; needs no corruptor";
    }

    @Override
    public String source() {
        return "T5 (Raffel et al., 2020), section 3.3.1";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Objective create(Options options, Vocabulary vocabulary) {
        return new PrefixLm(options.prefixShare());
    }
}
