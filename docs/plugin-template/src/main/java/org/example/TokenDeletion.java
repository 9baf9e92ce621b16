package org.example;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.spactor.api.component.*;
import org.spactor.api.corruption.*;

/** BART's token deletion (Lewis et al., 2020): tokens vanish without a trace, the targets are the whole text. */
public final class TokenDeletion implements CorruptorProvider<TokenDeletion.Options> {
    public record Options(
            @Option(description = "Share of the tokens that is deleted", defaultValue = "0.15", range = "[0, 1)")
            double rate) {}

    public String name() {
        return "token-deletion";
    }

    public String summary() {
        return "Deletes tokens; the targets are the whole text";
    }

    public Class<Options> optionsType() {
        return Options.class;
    }

    public Corruptor create(Options options, ComponentContext context) {
        int end = context.vocabulary().end();
        return new Corruptor() {
            public FeatureLengths lengths(FeatureLengths lengths) {
                int most = lengths.get(Feature.INPUTS) + 1;
                return lengths.with(Feature.INPUTS, most).with(Feature.TARGETS, most);
            }

            public Example corrupt(Example example, RandomGenerator random) {
                int[] text = example.get(Feature.INPUTS);
                int[] kept = Arrays.stream(text).filter(token -> random.nextDouble() >= options.rate()).toArray();
                return example.with(Feature.INPUTS, ended(kept, end)).with(Feature.TARGETS, ended(text, end));
            }
        };
    }

    private static int[] ended(int[] tokens, int end) {
        int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
        ended[tokens.length] = end;
        return ended;
    }
}
