package org.spactor.objectives.corruption;

import java.util.List;
import java.util.Optional;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.objectives.DeclaredDefaults;
import org.spactor.testkit.CorruptorContract;
import org.spactor.testkit.SentinelText;

/** Behind span corruption, as a configuration has it. */
class TokenMaskCorruptorContractTest extends CorruptorContract {
    @Override
    protected Corruptor corruptor(Vocabulary vocabulary) {
        return new TokenMaskCorruptorProvider()
                .create(DeclaredDefaults.of(new TokenMaskCorruptorProvider()), ComponentContext.of(vocabulary));
    }

    @Override
    protected List<Corruptor> before(Vocabulary vocabulary) {
        return List.of(new SpanCorruptorProvider()
                .create(DeclaredDefaults.of(new SpanCorruptorProvider()), ComponentContext.of(vocabulary)));
    }

    @Override
    protected Optional<int[]> restore(Example corrupted) {
        return Optional.of(SentinelText.restore(corrupted, vocabulary()));
    }
}
