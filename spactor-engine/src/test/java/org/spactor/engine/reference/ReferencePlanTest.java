package org.spactor.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;

class ReferencePlanTest {
    /** Aliases, of which the compiler makes no instruction. */
    @Test
    void unknownKindIsNamed() {
        Plan plan = plan(new Buffer.Storage.Result("y"), "no-such-kind", 0);

        assertThatThrownBy(() -> new ReferencePlan(plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such-kind");
    }

    @Test
    void viewsFollowTheirStrides() {
        Plan plan = plan(new Buffer.Storage.Input("x"), Kinds.COPY, 0);
        ReferencePlan runner = new ReferencePlan(plan);

        runner.setInput("x", new double[] {1, 2, 3, 4, 5, 6});
        runner.run();

        assertThat(runner.result("y")).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void whatWasNeverWrittenIsNotANumber() {
        ReferencePlan runner = new ReferencePlan(plan(new Buffer.Storage.Arena(0), Kinds.COPY, 6));

        runner.run();

        assertThat(runner.result("y")).containsOnly(Double.NaN);
    }

    /** One instruction that reads a transposed matrix from somewhere and writes the result y. */
    private static Plan plan(Buffer.Storage source, String kind, long arena) {
        Buffer x = new Buffer(0, "x", ElementType.FLOAT32, 6, source);
        Buffer y = new Buffer(1, "y", ElementType.FLOAT32, 6, new Buffer.Storage.Result("y"));
        Operand transposed = new Operand(x, new long[] {3, 2}, new long[] {1, 3});
        Operand result = Operand.contiguous(y, 3, 2);
        Instruction instruction =
                new Instruction(kind, "place", List.of(transposed), List.of(result), Attributes.NONE, 0);
        return new Plan(List.of(x, y), List.of(instruction), Map.of(ElementType.FLOAT32, arena), Map.of("y", result));
    }
}
