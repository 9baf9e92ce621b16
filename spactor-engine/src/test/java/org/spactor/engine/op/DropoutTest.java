package org.spactor.engine.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.RandomNumbers;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.OperationGraphs;

class DropoutTest {
    private static final int ELEMENTS = 100_000;

    @Test
    void dropsAtTheRate() {
        assertThat(kept(1, 1, 0.1).cardinality() / (double) ELEMENTS).isCloseTo(0.9, within(0.005));
        assertThat(kept(1, 1, 0.5).cardinality() / (double) ELEMENTS).isCloseTo(0.5, within(0.005));
    }

    @Test
    void stepsAndPlacesDropIndependently() {
        BitSet here = kept(1, 1, 0.5);

        assertThat(agreement(here, kept(2, 1, 0.5))).isCloseTo(0.5, within(0.01));
        assertThat(agreement(here, kept(1, 2, 0.5))).isCloseTo(0.5, within(0.01));
    }

    @Test
    void sameKeyDropsTheSame() {
        assertThat(kept(1, 1, 0.5)).isEqualTo(kept(1, 1, 0.5));
    }

    @Test
    void nothingIsDroppedOutsideTraining() {
        GraphCase graph = GraphCase.of(
                "dropout",
                model -> OperationGraphs.lossOf(
                        model, "loss", model.dropout(OperationGraphs.parameter(model, "x", 4, 5), 0.3)));

        Plan plan = new PlanCompiler().evaluation(graph.declare(false));

        assertThat(plan.instructions())
                .noneMatch(instruction -> instruction.kind().equals(Kinds.DROPOUT));
    }

    private static BitSet kept(long key, long salt, double rate) {
        BitSet kept = new BitSet(ELEMENTS);
        for (int i = 0; i < ELEMENTS; i++) {
            kept.set(i, RandomNumbers.keeps(key, salt, i, rate));
        }
        return kept;
    }

    private static double agreement(BitSet left, BitSet right) {
        BitSet different = (BitSet) left.clone();
        different.xor(right);
        return 1 - different.cardinality() / (double) ELEMENTS;
    }
}
