package org.spactor.engine.nd4j.host;

import java.util.List;
import org.spactor.engine.plan.Expression;

/** The arrays and numbers with which an expression is computed, a block at a time. */
final class BlockExpression {
    /** Elements of a block: its arrays stay in the first cache. */
    static final int LENGTH = 2048;

    private final UniformValues values;
    private final BlockLoop loop;
    private final float[][] inputs;
    private final float[][] results;
    private final float[] numbers;

    /**
     * An expression.
     *
     * @param uniformInputs which inputs are the same for all elements of a block
     */
    BlockExpression(Expression expression, List<Boolean> uniformInputs, BlockLoops loops) {
        this.values = UniformValues.of(expression, uniformInputs);
        this.loop = loops.of(values);
        this.inputs = new float[expression.inputs()][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = values.isUniform(i) ? null : new float[LENGTH];
        }
        this.results = new float[expression.results().size()][LENGTH];
        this.numbers = new float[expression.values()];
        for (int i = 0; i < expression.numbers().size(); i++) {
            numbers[expression.inputs() + i] = expression.numbers().get(i).floatValue();
        }
    }

    /** Where an input's elements of the next block go. */
    float[] input(int input) {
        return inputs[input];
    }

    /** Gives an input that is the same for all elements of the next blocks. */
    void setUniform(int input, float value) {
        numbers[input] = value;
    }

    /** Computes a block. */
    void compute(int length) {
        List<Expression.Step> steps = values.expression().steps();
        for (int i = 0; i < steps.size(); i++) {
            int value = values.firstStep() + i;
            if (values.isUniform(value)) {
                Expression.Step step = steps.get(i);
                numbers[value] = (float) step.operation().of(numbers[step.a()], numbers[step.b()]);
            }
        }
        loop.run(inputs, numbers, results, length);
    }

    /** A result's elements of the block. */
    float[] result(int result) {
        return results[result];
    }
}
