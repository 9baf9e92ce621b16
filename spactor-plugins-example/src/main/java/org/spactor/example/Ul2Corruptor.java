package org.spactor.example;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * UL2's mixture of denoisers: one of several kinds of noise is drawn for each example, and a token in front of the inputs
 * says which: regular (short spans), sequential (the end), extreme (long spans or much noise).
 *
 * <p>Source: Tay et al., <i>UL2: unifying language learning paradigms</i>, 2022 (arXiv 2205.05131), section 3.1.
 */
final class Ul2Corruptor implements Corruptor {
    private final List<Denoiser> denoisers;
    private final Vocabulary vocabulary;

    /** @param denoisers at least one; each is as likely as any other */
    Ul2Corruptor(List<Denoiser> denoisers, Vocabulary vocabulary) {
        this.denoisers = List.copyOf(denoisers);
        this.vocabulary = vocabulary;
    }

    /**
     * The greatest lengths that any of the denoisers makes.
     *
     * @throws InvalidOptionException if one of them makes more spans than there are sentinels
     */
    @Override
    public FeatureLengths lengths(FeatureLengths lengths) {
        int inputs = 0;
        int targets = 0;
        for (Denoiser denoiser : denoisers) {
            requireSentinels(denoiser, lengths.get(Feature.INPUTS));
            FeatureLengths made = sentinels(denoiser).lengths(lengths);
            inputs = Math.max(inputs, made.get(Feature.INPUTS) + denoiser.prefix().length);
            targets = Math.max(targets, made.get(Feature.TARGETS));
        }
        return lengths.with(Feature.INPUTS, inputs).with(Feature.TARGETS, targets);
    }

    @Override
    public Example corrupt(Example example, RandomGenerator random) {
        Denoiser denoiser = denoisers.get(random.nextInt(denoisers.size()));
        Example denoised = sentinels(denoiser).corrupt(example, random);
        int[] tokens = denoised.get(Feature.INPUTS);
        int[] prefix = denoiser.prefix();
        int[] inputs = Arrays.copyOf(prefix, prefix.length + tokens.length);
        System.arraycopy(tokens, 0, inputs, prefix.length, tokens.length);
        return denoised.with(Feature.INPUTS, inputs);
    }

    private void requireSentinels(Denoiser denoiser, int length) {
        int spans = denoiser.mask().spans(length);
        if (spans > vocabulary.sentinels()) {
            throw new InvalidOptionException(
                    denoiser.option(),
                    denoiser.mask() + " makes " + spans + " spans of a segment of " + length
                            + " tokens, and the vocabulary has " + vocabulary.sentinels()
                            + " sentinels. Longer spans, less noise or shorter inputs need fewer");
        }
    }

    private SentinelCorruptor sentinels(Denoiser denoiser) {
        return new SentinelCorruptor(denoiser.mask(), vocabulary);
    }

    /**
     * One way of making noise.
     *
     * @param option the option that asks for it
     * @param mask which tokens are noise
     * @param prefix the token of its mode, or nothing
     */
    record Denoiser(String option, CountedNoise mask, int... prefix) {}
}
