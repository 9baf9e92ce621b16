package org.spactor.objectives.corruption;

import java.util.Optional;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.DeclaredDefaults;
import org.spactor.testkit.CorruptorContract;
import org.spactor.testkit.SentinelText;

class SpanCorruptorContractTest extends CorruptorContract {
    @Override
    protected Corruptor corruptor(Vocabulary vocabulary) {
        return new SpanCorruptorProvider()
                .create(DeclaredDefaults.of(new SpanCorruptorProvider()), ComponentContext.of(vocabulary));
    }

    @Override
    protected Optional<int[]> restore(Example corrupted) {
        return Optional.of(SentinelText.restore(corrupted, vocabulary()));
    }
}
