package org.spactor.example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.Option;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.corruption.NoiseMask;
import org.spactor.api.corruption.Segment;
import org.spactor.api.corruption.SentinelCorruptor;

/**
 * The corruptor {@code whole-word}: whole words are noise, never parts of one. Words are drawn in random order, and become
 * noise as long as they fit into a share of the tokens; words side by side are one span.
 *
 * <p>Source: whole-word masking is BERT's (Devlin et al., 2019, in the models released in May of that year); that spans are
 * replaced by sentinels is T5's.
 */
public final class WholeWord implements CorruptorProvider<WholeWord.Options> {
    /** Options of the corruptor. */
    public record Options(
            @Option(description = "Share of the tokens that is noise, at most", defaultValue = "0.15", range = "(0, 1)")
            double rate) {}

    @Override
    public String name() {
        return "whole-word";
    }

    @Override
    public String summary() {
        return "Span corruption of whole words";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Corruptor create(Options options, ComponentContext context) {
        Words words = new Words(options.rate(), context.vocabulary().sentinels());
        return new SentinelCorruptor(words, context.vocabulary());
    }

    record Words(double rate, int sentinels) implements NoiseMask {
        @Override
        public boolean[] draw(Segment segment, RandomGenerator random) {
            List<Integer> words = new ArrayList<>();
            for (int i = 0; i < segment.length(); i = segment.endOfWord(i)) {
                words.add(i);
            }
            boolean[] noise = new boolean[segment.length()];
            int left = most(segment.length());
            for (int drawn = 0; drawn < sentinels && !words.isEmpty(); drawn++) {
                int start = words.remove(random.nextInt(words.size()));
                int end = segment.endOfWord(start);
                if (end - start <= left) {
                    Arrays.fill(noise, start, end, true);
                    left -= end - start;
                }
            }
            return noise;
        }

        private int most(int length) {
            return (int) Math.max(1, Math.round(rate * length));
        }

        @Override
        public Bounds bounds(int length) {
            return new Bounds(length, most(length) + Math.min(most(length), sentinels));
        }
    }
}
