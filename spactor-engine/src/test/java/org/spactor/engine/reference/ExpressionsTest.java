package org.spactor.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.engine.plan.Expression;
import org.spactor.engine.plan.Expression.Operation;
import org.spactor.engine.plan.Plan;

/** Expressions of elements, of every form of input, and their sums are what the reference backend computes. */
class ExpressionsTest {
    private static final int EXPRESSIONS = 40;
    private static final long[][] SHAPES = {{1, 1}, {1, 7}, {7, 1}, {5, 3}, {3, 2500}, {2500, 3}};

    static List<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Backend backend : Backend.allButTheReference()) {
            for (long[] shape : SHAPES) {
                cases.add(Arguments.of(backend, shape[0], shape[1]));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void expressionsAreThoseOfTheReference(Backend backend, long rows, long columns) {
        for (int seed = 0; seed < EXPRESSIONS; seed++) {
            Plan plan = RandomExpressions.plan(seed, rows, columns);
            assertThat(KernelComparison.compare(plan, backend, runner -> RandomExpressions.feed(runner, rows, columns)))
                    .allSatisfy(result ->
                            assertThat(result.error()).as(result.name()).isLessThan(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operationIsWrittenAndReadAsItIs(Operation operation) {
        Expression expression =
                new Expression(2, List.of(0.1, -3.0), List.of(new Expression.Step(operation, 2, 0)), List.of(4, 1));

        assertThat(Expression.of(expression.attributes(), 2)).isEqualTo(expression);
    }

    static Operation[] operations() {
        return Operation.values();
    }

    @Test
    void stepThatReadsWhatComesLaterIsRefused() {
        assertThatThrownBy(() ->
                        new Expression(1, List.of(), List.of(new Expression.Step(Operation.PLUS, 0, 1)), List.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step 0");
    }
}
