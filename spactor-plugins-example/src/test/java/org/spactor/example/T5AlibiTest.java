package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.ArchitectureContract;

class T5AlibiTest extends ArchitectureContract {
    static Architecture small(Vocabulary vocabulary) {
        return new T5Alibi().create(new Blocks.Size(2, 4, 1), ComponentContext.of(vocabulary));
    }

    @Override
    protected Architecture architecture(Vocabulary vocabulary) {
        return small(vocabulary);
    }

    @Test
    void scoresFallWithTheDistanceAtSlopesThatAreAGeometricSequence() {
        float[] bias = T5Alibi.Network.bias(8, 3);
        assertThat(bias).hasSize(8 * 3 * 3);
        // as in the paper: 1/2, 1/4, …, 1/256 for 8 heads
        for (int head = 0; head < 8; head++) {
            float slope = (float) Math.pow(0.5, head + 1);
            assertThat(Arrays.copyOfRange(bias, 9 * head, 9 * (head + 1)))
                    .containsExactly(
                            new float[] {0, -slope, -2 * slope, -slope, 0, -slope, -2 * slope, -slope, 0}, within(0f));
        }
    }
}
