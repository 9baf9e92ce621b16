package org.spactor.engine.nd4j.host;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.spactor.engine.plan.Expression;
import org.spactor.engine.plan.Expression.Operation;

/**
 * An expression of float32 elements, a block at a time: each step is a loop over arrays that stay in the first cache, in
 * the order of operations in which it is written. Values that are the same for the whole block are numbers, not arrays.
 */
public final class BlockExpression {
    /** Elements of a block. */
    public static final int LENGTH = 1024;

    private final Expression expression;
    private final float[][] arrays;
    private final float[] numbers;
    private final boolean[] uniform;

    /**
     * An expression.
     *
     * @param uniformInputs which inputs are the same for all elements of a block
     */
    public BlockExpression(Expression expression, boolean... uniformInputs) {
        this.expression = expression;
        int values = expression.values();
        this.arrays = new float[values][];
        this.numbers = new float[values];
        this.uniform = new boolean[values];
        System.arraycopy(uniformInputs, 0, uniform, 0, expression.inputs());
        int next = expression.inputs();
        for (double number : expression.numbers()) {
            uniform[next] = true;
            numbers[next++] = (float) number;
        }
        for (Expression.Step step : expression.steps()) {
            boolean second = !step.operation().takesTwo() || uniform[step.b()];
            uniform[next++] = uniform[step.a()] && second;
        }
        for (int i = 0; i < expression.inputs(); i++) {
            arrays[i] = uniform[i] ? null : new float[LENGTH];
        }
        shareArrays(next - expression.steps().size());
    }

    /** A step takes the array of a value that nobody reads any more. */
    private void shareArrays(int firstStep) {
        int[] lastRead = new int[arrays.length];
        for (int i = 0; i < expression.steps().size(); i++) {
            lastRead[expression.steps().get(i).a()] = i;
            lastRead[expression.steps().get(i).b()] = i;
        }
        expression.results().forEach(result -> lastRead[result] = Integer.MAX_VALUE);
        Deque<float[]> free = new ArrayDeque<>();
        for (int i = 0; i < expression.steps().size(); i++) {
            Expression.Step step = expression.steps().get(i);
            int value = firstStep + i;
            if (!uniform[value]) {
                arrays[value] = free.isEmpty() ? new float[LENGTH] : free.pop();
            }
            release(step.a(), i, lastRead, firstStep, free);
            if (step.b() != step.a()) {
                release(step.b(), i, lastRead, firstStep, free);
            }
        }
    }

    private void release(int value, int step, int[] lastRead, int firstStep, Deque<float[]> free) {
        if (value >= firstStep && !uniform[value] && lastRead[value] == step) {
            free.push(arrays[value]);
        }
    }

    /** Whether an input is the same for all elements of a block. */
    public boolean isUniform(int input) {
        return uniform[input];
    }

    /** Where an input's elements of the next block go. */
    public float[] input(int input) {
        return arrays[input];
    }

    /** Gives an input that is the same for all elements of the next blocks. */
    public void setUniform(int input, float value) {
        numbers[input] = value;
    }

    /** Computes a block. */
    public void compute(int length) {
        int value = expression.inputs() + expression.numbers().size();
        for (Expression.Step step : expression.steps()) {
            int a = step.a();
            int b = step.b();
            if (uniform[value]) {
                numbers[value] = (float) step.operation().of(numbers[a], numbers[b]);
            } else if (!step.operation().takesTwo()) {
                apply(step.operation(), arrays[a], arrays[value], length);
            } else if (uniform[b]) {
                apply(step.operation(), arrays[a], numbers[b], arrays[value], length);
            } else if (uniform[a]) {
                apply(step.operation(), numbers[a], arrays[b], arrays[value], length);
            } else {
                apply(step.operation(), arrays[a], arrays[b], arrays[value], length);
            }
            value++;
        }
    }

    /** A result's elements of the block; every element, also of one that is the same for all. */
    public float[] result(int result, int length) {
        int value = expression.results().get(result);
        if (!uniform[value]) {
            return arrays[value];
        }
        float[] all = new float[length];
        Arrays.fill(all, numbers[value]);
        return all;
    }

    private static void apply(Operation operation, float[] a, float[] result, int length) {
        switch (operation) {
            case NEGATED -> {
                for (int i = 0; i < length; i++) {
                    result[i] = -a[i];
                }
            }
            case SQUARED -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] * a[i];
                }
            }
            case SQUARE_ROOT -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) Math.sqrt(a[i]);
                }
            }
            case ABSOLUTE -> {
                for (int i = 0; i < length; i++) {
                    result[i] = Math.abs(a[i]);
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) operation.of(a[i], a[i]);
                }
            }
        }
    }

    private static void apply(Operation operation, float[] a, float[] b, float[] result, int length) {
        switch (operation) {
            case PLUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] + b[i];
                }
            }
            case MINUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] - b[i];
                }
            }
            case TIMES -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] * b[i];
                }
            }
            case DIVIDED_BY -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] / b[i];
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) operation.of(a[i], b[i]);
                }
            }
        }
    }

    private static void apply(Operation operation, float[] a, float b, float[] result, int length) {
        switch (operation) {
            case PLUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] + b;
                }
            }
            case MINUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] - b;
                }
            }
            case TIMES -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] * b;
                }
            }
            case DIVIDED_BY -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] / b;
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) operation.of(a[i], b);
                }
            }
        }
    }

    private static void apply(Operation operation, float a, float[] b, float[] result, int length) {
        switch (operation) {
            case PLUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a + b[i];
                }
            }
            case MINUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a - b[i];
                }
            }
            case TIMES -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a * b[i];
                }
            }
            case DIVIDED_BY -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a / b[i];
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) operation.of(a, b[i]);
                }
            }
        }
    }
}
