package org.spactor.api.corruption;

import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * T5's denoising: every run of noise tokens becomes one sentinel in the inputs, and the targets are the runs, each behind
 * its sentinel. {@code </s>} is appended to both; no sentinel closes the targets. Holds for every mask; where it begins
 * with text and ends with noise, as T5's own does, the result is T5's.
 *
 * <p>Source: T5, {@code t5/data/preprocessors.py}: {@code denoise} with {@code noise_span_to_unique_sentinel} and
 * {@code nonnoise_span_to_unique_sentinel}. The latter puts each sentinel in front of the wrong run where a mask begins
 * with noise; here it does not.
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
        NoiseMask.Bounds bounds = mask.bounds(lengths.get(Feature.INPUTS));
        return lengths.with(Feature.INPUTS, bounds.inputs() + 1).with(Feature.TARGETS, bounds.targets() + 1);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the mask has another length than the segment
     * @throws IllegalArgumentException if there are more runs than sentinels
     */
    @Override
    public Example corrupt(Example example, RandomGenerator random) {
        int[] tokens = example.get(Feature.INPUTS);
        boolean[] noise = mask.draw(new Segment(tokens, vocabulary), random);
        if (noise.length != tokens.length) {
            throw new IllegalStateException(
                    "the noise mask has " + noise.length + " entries for a segment of " + tokens.length + " tokens");
        }
        int[] inputs = new int[tokens.length + 1];
        int[] targets = new int[2 * tokens.length + 1];
        int inputsLength = 0;
        int targetsLength = 0;
        int runs = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (!noise[i]) {
                inputs[inputsLength++] = tokens[i];
                continue;
            }
            boolean startsRun = i == 0 || !noise[i - 1];
            if (startsRun) {
                int sentinel = vocabulary.sentinel(runs++);
                inputs[inputsLength++] = sentinel;
                targets[targetsLength++] = sentinel;
            }
            targets[targetsLength++] = tokens[i];
        }
        inputs[inputsLength++] = vocabulary.end();
        targets[targetsLength++] = vocabulary.end();
        return example.with(Feature.INPUTS, Arrays.copyOf(inputs, inputsLength))
                .with(Feature.TARGETS, Arrays.copyOf(targets, targetsLength));
    }
}
