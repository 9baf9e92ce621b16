package org.example;

import java.util.Arrays;
import java.util.Optional;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.CorruptorContract;

class TokenDeletionTest extends CorruptorContract {
    @Override
    protected Corruptor corruptor(Vocabulary vocabulary) {
        return new TokenDeletion().create(new TokenDeletion.Options(0.15), ComponentContext.of(vocabulary));
    }

    /** Nothing is lost: the targets are the text and an end. */
    @Override
    protected Optional<int[]> restore(Example corrupted) {
        int[] targets = corrupted.get(Feature.TARGETS);
        return Optional.of(Arrays.copyOf(targets, targets.length - 1));
    }
}
