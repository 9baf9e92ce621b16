package org.spactor.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.PlanBuilder;

class RoundingTest {
    @Test
    void float32IsRoundedToTheNearestBFloat16AndToTheEvenOneOfTwo() {
        Nd4jBackend backend = Nd4jBackend.create();
        assumeTrue(backend.takesBFloat16(), "this CPU has no instructions for bfloat16");
        float ulp = 1f / 128; // distance of bfloat16 numbers between 1 and 2
        float[] numbers = {1f, -3.5f, 0f, 1 + 0.4f * ulp, 1 + 0.6f * ulp, 1 + 0.5f * ulp, 1 + 1.5f * ulp, 1e-30f, -1e30f
        };
        PlanBuilder builder = new PlanBuilder();
        Operand from = builder.shared("x", ElementType.FLOAT32, numbers.length);
        Operand to = builder.result("rounded", ElementType.BFLOAT16, numbers.length);
        builder.add(Kinds.TO_BFLOAT16, "x", List.of(from), List.of(to), Attributes.NONE);
        DeviceTensor x = backend.allocate(ElementType.FLOAT32, numbers.length);
        x.write(0, FloatBuffer.wrap(numbers));

        double[] result;
        try (Program program = backend.prepare(builder.build(), Map.of("x", x), 3)) {
            program.run();
            result = program.numbers("rounded");
        }

        assertThat(result).startsWith(1, -3.5, 0, 1, 1 + ulp, 1, 1 + 2 * ulp);
        assertThat(result[7]).isBetween(0.996e-30, 1.004e-30);
        assertThat(result[8]).isBetween(-1.004e30, -0.996e30);
    }
}
