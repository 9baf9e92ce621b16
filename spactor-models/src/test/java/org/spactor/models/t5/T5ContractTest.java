package org.spactor.models.t5;

import org.junit.jupiter.api.Nested;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.ArchitectureContract;

/** Small T5s of both versions. */
class T5ContractTest {
    @Nested
    class Version11 extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new T5(
                    new T5Dimensions(8, 12, 4, 2, 1, 2, true, false, 0),
                    new GeneratorDimensions(1, 8, false),
                    vocabulary.size());
        }
    }

    @Nested
    class Version10 extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new T5(
                    new T5Dimensions(8, 12, 4, 2, 2, 1, false, true, 0),
                    new GeneratorDimensions(1, 6, true),
                    vocabulary.size());
        }
    }
}
