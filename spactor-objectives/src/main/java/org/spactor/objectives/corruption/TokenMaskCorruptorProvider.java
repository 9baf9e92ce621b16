package org.spactor.objectives.corruption;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.vocabulary.Vocabulary;

/** Makes the corruptor {@code token-mask}, {@link TokenMaskCorruptor}. */
public final class TokenMaskCorruptorProvider implements CorruptorProvider<TokenMaskOptions> {
    @Override
    public String name() {
        return "token-mask";
    }

    @Override
    public String summary() {
        return "Chooses tokens for a generator to guess; belongs after every corruptor that changes the inputs";
    }

    @Override
    public String source() {
        return "ELECTRA (Clark et al., 2020), section 2; SpacTor-T5 (Ye et al., 2024)";
    }

    @Override
    public Class<TokenMaskOptions> optionsType() {
        return TokenMaskOptions.class;
    }

    @Override
    public Corruptor create(TokenMaskOptions options, ComponentContext context) {
        Vocabulary vocabulary = context.vocabulary();
        return new TokenMaskCorruptor(options.rate(), maskId(options, vocabulary), vocabulary);
    }

    /**
     * Only ids that stand for nothing are allowed: text cannot contain them, and their rows of the embedding mean
     * nothing else to the encoder, which shares them with the generator.
     */
    private static int maskId(TokenMaskOptions options, Vocabulary vocabulary) {
        int first = vocabulary.firstUnused();
        int size = vocabulary.size();
        if (first == size) {
            throw new InvalidOptionException(
                    "mask-id",
                    options.maskId() + ": all " + size + " ids of the vocabulary are in use, so that none is left for "
                            + "the mask. A vocabulary needs one more row than it has pieces and sentinels");
        }
        if (options.maskId() == TokenMaskOptions.FIRST_UNUSED) {
            return first;
        }
        if (options.maskId() < first || options.maskId() >= size) {
            throw new InvalidOptionException(
                    "mask-id",
                    options.maskId() + " is not an unused id of the vocabulary: those are " + first + " to "
                            + (size - 1) + ", and -1 takes the first of them");
        }
        return options.maskId();
    }
}
