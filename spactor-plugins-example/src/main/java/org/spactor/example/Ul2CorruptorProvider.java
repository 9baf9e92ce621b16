package org.spactor.example;

import java.util.ArrayList;
import java.util.List;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.example.Ul2Corruptor.Denoiser;
import org.spactor.example.Ul2Options.ModeToken;

/** Makes the corruptor {@code ul2}, {@link Ul2Corruptor}. */
public final class Ul2CorruptorProvider implements CorruptorProvider<Ul2Options> {
    /** Modes in the order of their tokens, which are the last ids of the vocabulary. */
    private enum Mode {
        REGULAR,
        SEQUENTIAL,
        EXTREME
    }

    @Override
    public String name() {
        return "ul2";
    }

    @Override
    public String summary() {
        return "Mixture of denoisers: short spans, the end of the text, or long spans and much noise";
    }

    @Override
    public String source() {
        return "UL2 (Tay et al., 2022), section 3.1";
    }

    @Override
    public Class<Ul2Options> optionsType() {
        return Ul2Options.class;
    }

    @Override
    public Corruptor create(Ul2Options options, ComponentContext context) {
        Vocabulary vocabulary = context.vocabulary();
        // the first unused id is left to the mask of token masking
        int unused = vocabulary.size() - vocabulary.firstUnused() - 1;
        boolean prepends = options.modeToken() == ModeToken.PREPEND;
        if (prepends && unused < Mode.values().length) {
            throw new InvalidOptionException(
                    "mode-token", "prepend needs 3 ids that stand for nothing, and the vocabulary has " + unused);
        }
        List<Denoiser> denoisers = new ArrayList<>();
        addSpans(
                denoisers,
                "regular",
                options.regular().meanSpanLengths(),
                options.regular().noiseDensities(),
                prefix(prepends, Mode.REGULAR, vocabulary));
        if (options.sequential().noiseDensity() > 0) {
            CountedNoise mask = new Suffix(options.sequential().noiseDensity());
            denoisers.add(new Denoiser("sequential", mask, prefix(prepends, Mode.SEQUENTIAL, vocabulary)));
        }
        addSpans(
                denoisers,
                "extreme",
                options.extreme().meanSpanLengths(),
                options.extreme().noiseDensities(),
                prefix(prepends, Mode.EXTREME, vocabulary));
        if (denoisers.isEmpty()) {
            throw new InvalidOptionException("regular", "no denoiser is left. Give at least one of the three kinds");
        }
        return new Ul2Corruptor(denoisers, vocabulary);
    }

    private static void addSpans(
            List<Denoiser> denoisers, String option, List<Double> meanLengths, List<Double> densities, int... prefix) {
        for (int i = 0; i < meanLengths.size(); i++) {
            denoisers.add(new Denoiser(option, new RandomSpans(densities.get(i), meanLengths.get(i)), prefix));
        }
    }

    private static int[] prefix(boolean prepends, Mode mode, Vocabulary vocabulary) {
        return prepends ? new int[] {vocabulary.size() - 1 - mode.ordinal()} : new int[0];
    }
}
