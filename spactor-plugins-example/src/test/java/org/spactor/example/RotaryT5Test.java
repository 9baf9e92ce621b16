package org.spactor.example;

import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.testkit.ArchitectureContract;

class RotaryT5Test extends ArchitectureContract {
    static RotaryT5 small(Vocabulary vocabulary) {
        return new RotaryT5(new RotaryT5Options(8, 12, 4, 2, 1, 1, 10), vocabulary.size());
    }

    @Override
    protected Architecture architecture(Vocabulary vocabulary) {
        return small(vocabulary);
    }
}
