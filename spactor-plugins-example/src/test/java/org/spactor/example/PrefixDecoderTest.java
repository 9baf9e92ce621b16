package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.ArchitectureContract;

class PrefixDecoderTest extends ArchitectureContract {
    static Architecture small(Vocabulary vocabulary) {
        return new PrefixDecoder().create(new Blocks.Size(2, 4, 1), ComponentContext.of(vocabulary));
    }

    @Override
    protected Architecture architecture(Vocabulary vocabulary) {
        return small(vocabulary);
    }

    @Test
    void headsOfAnOddWidthAreRefused() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new Blocks.Size(2, 5, 1))
                .withMessageContaining("5 is odd");
    }
}
