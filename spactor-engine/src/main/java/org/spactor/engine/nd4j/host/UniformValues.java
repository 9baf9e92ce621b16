package org.spactor.engine.nd4j.host;

import java.util.ArrayList;
import java.util.List;
import org.spactor.engine.plan.Expression;

/**
 * An expression, and which of its values are the same for all elements of a block.
 *
 * @param uniform for each value
 */
record UniformValues(Expression expression, List<Boolean> uniform) {
    /**
     * What follows for the values from the inputs.
     *
     * @param inputs which inputs are the same for all elements of a block
     */
    static UniformValues of(Expression expression, List<Boolean> inputs) {
        List<Boolean> uniform = new ArrayList<>(inputs);
        expression.numbers().forEach(number -> uniform.add(true));
        for (Expression.Step step : expression.steps()) {
            boolean second = !step.operation().takesTwo() || uniform.get(step.b());
            uniform.add(uniform.get(step.a()) && second);
        }
        return new UniformValues(expression, List.copyOf(uniform));
    }

    boolean isUniform(int value) {
        return uniform.get(value);
    }

    /** Number of the first step's value. */
    int firstStep() {
        return expression.inputs() + expression.numbers().size();
    }
}
