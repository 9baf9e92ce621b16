package org.spactor.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RoundingTest {
    @Test
    void float32IsRoundedToTheNearestBFloat16AndToTheEvenOneOfTwo() {
        Nd4jBackend backend = Nd4jBackend.create();
        assumeTrue(backend.takesBFloat16(), "this CPU has no instructions for bfloat16");
        float ulp = 1f / 128; // distance of bfloat16 numbers between 1 and 2
        INDArray numbers = Nd4j.createFromArray(
                1f, -3.5f, 0f, 1 + 0.4f * ulp, 1 + 0.6f * ulp, 1 + 0.5f * ulp, 1 + 1.5f * ulp, 1e-30f, -1e30f);
        INDArray rounded = Nd4j.createUninitialized(DataType.BFLOAT16, numbers.length());

        try (Rounding rounding = backend.rounding(Map.of(numbers, rounded), 3)) {
            for (int thread = 0; thread < 3; thread++) {
                rounding.round(thread);
            }
        }

        float[] result = rounded.castTo(DataType.FLOAT).data().asFloat();
        assertThat(result).startsWith(1f, -3.5f, 0f, 1f, 1 + ulp, 1f, 1 + 2 * ulp);
        assertThat(result[7]).isBetween(0.996e-30f, 1.004e-30f);
        assertThat(result[8]).isBetween(-1.004e30f, -0.996e30f);
    }
}
