package org.spactor.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.cuda.emulator.EmulatedCard;
import org.spactor.cuda.kernel.Kernels;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.Backend;
import org.spactor.engine.reference.KernelComparison;
import org.spactor.engine.reference.ProgramRunner;
import org.spactor.engine.reference.RandomExpressions;

/** What is compiled of an expression computes what the reference backend does. */
class CudaExpressionsTest {
    private static final int EXPRESSIONS = 1;
    private static Backend backend;

    @BeforeAll
    static void openCard() {
        CudaBackend cuda = EmulatedCard.open();
        backend = new Backend("cuda", plan -> new ProgramRunner(cuda, plan));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "7, 1", "5, 3", "3, 2500", "130, 300"})
    void expressionsAreThoseOfTheReference(long rows, long columns) {
        for (int seed = 0; seed < EXPRESSIONS; seed++) {
            Plan plan = RandomExpressions.plan(seed, rows, columns);
            assertThat(KernelComparison.compare(plan, backend, runner -> RandomExpressions.feed(runner, rows, columns)))
                    .allSatisfy(result ->
                            assertThat(result.error()).as(result.name()).isLessThan(1e-5));
        }
    }

    @Test
    void thereIsAKernelOfEveryKind() {
        assertThat(Kernels.standard().kinds()).containsAll(Kinds.executed()).containsAll(Kinds.onRequest());
        assertThat(Kernels.standard().kinds())
                .hasSize(Kinds.executed().size() + Kinds.onRequest().size());
    }
}
