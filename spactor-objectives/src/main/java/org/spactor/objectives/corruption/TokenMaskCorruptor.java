package org.spactor.objectives.corruption;

import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * Chooses the tokens that a generator is to guess, and that replaced token detection may find replaced: of the k
 * eligible tokens of the inputs, max(round(rate·k), 1) at random without replacement, and none if k = 0. Eligible is
 * every token but sentinels, {@code </s>} and {@code <pad>}. {@code round} goes from a half to the even integer.
 *
 * <p>Leaves {@link Feature#INPUTS} alone and adds {@link #MASKED_POSITIONS} and {@link #MASKED_INPUTS}. Both refer to
 * the inputs as they were when this corruptor saw them, so it has to come after every corruptor that changes the
 * inputs: with span corruption, {@code span} first. Another order is refused where examples are made, since these
 * features would describe inputs that no longer exist.
 *
 * <p>Source: Clark et al., <i>ELECTRA: pre-training text encoders as discriminators rather than generators</i> (2020),
 * section 2; the count is that of its {@code pretrain/pretrain_helpers.py}, but of the eligible tokens alone. Unlike
 * BERT, every chosen token becomes the mask; none is kept or replaced at random.
 */
public final class TokenMaskCorruptor implements Corruptor {
    /** Positions of the masked tokens in the inputs, ascending. */
    public static final Feature MASKED_POSITIONS = Feature.positions("masked-positions", Feature.INPUTS);

    /** The inputs with the mask id at {@link #MASKED_POSITIONS}: what the generator reads. */
    public static final Feature MASKED_INPUTS = Feature.tokens("masked-inputs");

    private final double rate;
    private final int maskId;
    private final Vocabulary vocabulary;

    /**
     * A corruptor that masks a share of the tokens.
     *
     * @param rate share of the eligible tokens that is masked, in (0, 1)
     * @param maskId the id that replaces them
     */
    public TokenMaskCorruptor(double rate, int maskId, Vocabulary vocabulary) {
        Objects.requireNonNull(vocabulary, "vocabulary");
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("a rate of masking must be within (0, 1), but is " + rate);
        }
        if (maskId < vocabulary.firstUnused() || maskId >= vocabulary.size()) {
            throw new IllegalArgumentException("the mask must be an id that the vocabulary does not use, within ["
                    + vocabulary.firstUnused() + ", " + vocabulary.size() + "), but is " + maskId);
        }
        this.rate = rate;
        this.maskId = maskId;
        this.vocabulary = vocabulary;
    }

    /**
     * {@inheritDoc}
     *
     * <p>How many of the inputs are eligible is not known from their length, so room is made for all of them.
     */
    @Override
    public FeatureLengths lengths(FeatureLengths lengths) {
        int inputs = lengths.get(Feature.INPUTS);
        return lengths.with(MASKED_POSITIONS, masked(inputs)).with(MASKED_INPUTS, inputs);
    }

    @Override
    public Example corrupt(Example example, RandomGenerator random) {
        int[] tokens = example.get(Feature.INPUTS);
        int[] eligible = eligiblePositions(tokens);
        int[] chosen = RandomSubset.draw(masked(eligible.length), eligible.length, random);
        int[] positions = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            positions[i] = eligible[chosen[i]];
            tokens[positions[i]] = maskId;
        }
        return example.with(MASKED_POSITIONS, positions).with(MASKED_INPUTS, tokens);
    }

    /** The number of tokens masked among so many eligible ones. */
    private int masked(int eligible) {
        return eligible == 0 ? 0 : Math.max((int) Math.rint(rate * eligible), 1);
    }

    private int[] eligiblePositions(int[] tokens) {
        int[] positions = new int[tokens.length];
        int count = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (!vocabulary.isSpecial(tokens[i])) {
                positions[count++] = i;
            }
        }
        return Arrays.copyOf(positions, count);
    }
}
