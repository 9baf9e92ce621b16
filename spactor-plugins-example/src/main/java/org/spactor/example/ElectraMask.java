package org.spactor.example;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.Option;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * The corruptor {@code electra-mask}: ELECTRA's own sampler. Positions of tokens that are not special are drawn with
 * replacement, so that some occur more than once, and some of them keep their token. Makes the features of {@code
 * token-mask} and stands in for it under the objective {@code spactor}.
 *
 * <p>Source: Clark et al., <i>ELECTRA</i>, 2020; {@code pretrain/pretrain_helpers.py}: {@code mask}.
 */
public final class ElectraMask implements CorruptorProvider<ElectraMask.Options> {
    static final Feature POSITIONS = Feature.positions("masked-positions", Feature.INPUTS);
    static final Feature MASKED = Feature.tokens("masked-inputs");

    /** Options of the corruptor. */
    public record Options(
            @Option(description = "Positions, as a share of the tokens", defaultValue = "0.15", range = "(0, 1)")
            double rate,

            @Option(description = "Share of them that is masked", defaultValue = "0.85", range = "(0, 1]")
            double maskShare) {}

    @Override
    public String name() {
        return "electra-mask";
    }

    @Override
    public String summary() {
        return "Masks tokens at positions that are drawn with replacement";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Corruptor create(Options options, ComponentContext context) {
        return new Sampler(options, context.vocabulary());
    }

    private record Sampler(Options options, Vocabulary vocabulary) implements Corruptor {
        @Override
        public FeatureLengths lengths(FeatureLengths lengths) {
            int inputs = lengths.get(Feature.INPUTS);
            return lengths.with(POSITIONS, count(inputs)).with(MASKED, inputs);
        }

        @Override
        public Example corrupt(Example example, RandomGenerator random) {
            int[] tokens = example.get(Feature.INPUTS);
            int[] eligible = IntStream.range(0, tokens.length)
                    .filter(i -> !vocabulary.isSpecial(tokens[i]))
                    .toArray();
            int[] positions = new int[count(eligible.length)];
            int[] masked = tokens.clone();
            for (int i = 0; i < positions.length; i++) {
                positions[i] = eligible[random.nextInt(eligible.length)];
                boolean masks = random.nextDouble() < options.maskShare();
                masked[positions[i]] = masks ? vocabulary.firstUnused() : masked[positions[i]];
            }
            return example.with(POSITIONS, positions).with(MASKED, masked);
        }

        private int count(int eligible) {
            return eligible == 0 ? 0 : (int) Math.max(1, Math.round(options.rate() * eligible));
        }
    }
}
