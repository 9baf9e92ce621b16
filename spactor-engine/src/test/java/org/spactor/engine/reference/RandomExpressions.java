package org.spactor.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Expression;
import org.spactor.engine.plan.Expression.Operation;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanBuilder;

/** Plans of random expressions, for inputs of all forms: all elements, a row, a column, one. */
public final class RandomExpressions {
    private static final int STEPS = 8;
    private static final double[] NUMBERS = {0.5, -1.25, 3};

    private RandomExpressions() {}

    /**
     * A plan that computes an expression and its sums.
     *
     * @param seed of what is random
     */
    public static Plan plan(int seed, long rows, long columns) {
        Random random = new Random(seed);
        PlanBuilder builder = new PlanBuilder();
        List<Operand> inputs = List.of(
                builder.shared("all", ElementType.FLOAT32, rows, columns),
                builder.shared("other", ElementType.FLOAT32, rows, columns),
                builder.shared("column", ElementType.FLOAT32, rows, 1),
                builder.shared("row", ElementType.FLOAT32, 1, columns),
                builder.input("one", ElementType.FLOAT64, 1, 1));
        int last = inputs.size() + NUMBERS.length + STEPS - 1;
        Expression expression = expression(random, inputs.size(), last);
        builder.add(
                Kinds.MAP,
                "map",
                inputs,
                List.of(
                        builder.result("mapped", ElementType.FLOAT32, rows, columns),
                        builder.result("copied", ElementType.FLOAT32, rows, columns)),
                expression.attributes());
        Expression summed =
                new Expression(expression.inputs(), expression.numbers(), expression.steps(), List.of(last));
        long[][] shapes = {{1, 1}, {rows, 1}, {1, columns}};
        for (long over : new long[] {Kinds.OVER_ALL, Kinds.OVER_COLUMNS, Kinds.OVER_ROWS}) {
            ElementType type = over == Kinds.OVER_ALL ? ElementType.FLOAT64 : ElementType.FLOAT32;
            builder.add(
                    Kinds.MAP_SUM,
                    "sum",
                    inputs,
                    List.of(builder.result("sum" + over, type, shapes[(int) over])),
                    summed.attributes()
                            .with("rows", rows)
                            .with("columns", columns)
                            .with("over", over));
        }
        builder.add(
                Kinds.MAP,
                "numbers",
                List.of(builder.input("one", ElementType.FLOAT64, 1, 1)),
                List.of(builder.result("number", ElementType.FLOAT64, 1, 1)),
                new Expression(
                                1,
                                List.of(2.0),
                                List.of(
                                        new Expression.Step(Operation.POWER, 1, 0),
                                        new Expression.Step(Operation.LOGARITHM, 2, 2)),
                                List.of(3))
                        .attributes());
        return builder.build();
    }

    /** The last step is a result, and so is the first input; each step before is one of the last one's likely reads. */
    private static Expression expression(Random random, int inputs, int last) {
        List<Double> numbers = new ArrayList<>();
        for (double number : NUMBERS) {
            numbers.add(number);
        }
        List<Expression.Step> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            int known = inputs + NUMBERS.length + i;
            int a = i == 0 ? 0 : random.nextInt(3) == 0 ? random.nextInt(known) : known - 1;
            int b = random.nextInt(known);
            // the last step reads a whole tensor, so that the result has all elements
            steps.add(
                    i == STEPS - 1
                            ? new Expression.Step(Operation.PLUS, known - 1, 1)
                            : new Expression.Step(sound(random), a, b));
        }
        return new Expression(inputs, numbers, steps, List.of(last, 0));
    }

    /** Those that are defined everywhere and do not grow without bounds. */
    private static Operation sound(Random random) {
        Operation[] operations = {
            Operation.PLUS,
            Operation.MINUS,
            Operation.TIMES,
            Operation.MAXIMUM,
            Operation.MINIMUM,
            Operation.NEGATED,
            Operation.ABSOLUTE,
            Operation.SIGN
        };
        return operations[random.nextInt(operations.length)];
    }

    /** Gives a runner all that the plan reads. */
    public static void feed(PlanRunner runner, long rows, long columns) {
        runner.setParameter("all", RandomInputs.reals("all", (int) (rows * columns)));
        runner.setParameter("other", RandomInputs.reals("other", (int) (rows * columns)));
        runner.setParameter("column", RandomInputs.reals("column", (int) rows));
        runner.setParameter("row", RandomInputs.reals("row", (int) columns));
        runner.setNumber("one", 0.75);
    }
}
