package org.spactor.api.corruption;

import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * T5's denoising: every run of noise tokens becomes one sentinel in the inputs, and the targets are the same function
 * of the inverted mask. {@code </s>} is appended to both; no sentinel closes the targets.
 *
 * <p>Source: T5, {@code t5/data/preprocessors.py}: {@code denoise} with {@code noise_span_to_unique_sentinel} and
 * {@code nonnoise_span_to_unique_sentinel}.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class SentinelCorruptor implements Corruptor {
    private final NoiseMask mask;
    private final Vocabulary vocabulary;

    /** A corruptor that hides what the mask calls noise. */
    public SentinelCorruptor(NoiseMask mask, Vocabulary vocabulary) {
        this.mask = Objects.requireNonNull(mask, "mask");
        this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary");
    }

    @Override
    public FeatureLengths lengths(FeatureLengths lengths) {
        int raw = lengths.get(Feature.INPUTS);
        NoiseMask.Noise most = mask.most(raw);
        return lengths.with(Feature.INPUTS, raw - most.tokens() + most.spans() + 1)
                .with(Feature.TARGETS, most.tokens() + most.spans() + 1);
    }

    @Override
    public Example corrupt(Example example, RandomGenerator random) {
        int[] tokens = example.get(Feature.INPUTS);
        boolean[] noise = mask.draw(tokens.length, random);
        if (noise.length != tokens.length) {
            throw new IllegalStateException(
                    "the noise mask has " + noise.length + " entries for a segment of " + tokens.length + " tokens");
        }
        boolean[] kept = new boolean[noise.length];
        for (int i = 0; i < noise.length; i++) {
            kept[i] = !noise[i];
        }
        return example.with(Feature.INPUTS, replaceRuns(tokens, noise))
                .with(Feature.TARGETS, replaceRuns(tokens, kept));
    }

    /** Replaces every run of hidden tokens by the next sentinel and appends {@code </s>}. */
    private int[] replaceRuns(int[] tokens, boolean[] hidden) {
        int[] replaced = new int[tokens.length + 1];
        int length = 0;
        int runs = 0;
        for (int i = 0; i < tokens.length; i++) {
            boolean startsRun = hidden[i] && (i == 0 || !hidden[i - 1]);
            if (startsRun) {
                replaced[length++] = vocabulary.sentinel(runs++);
            } else if (!hidden[i]) {
                replaced[length++] = tokens[i];
            }
        }
        replaced[length++] = Vocabulary.END;
        return Arrays.copyOf(replaced, length);
    }
}
