package org.spactor.engine.nd4j.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.spactor.engine.plan.Expression;
import org.spactor.engine.plan.Expression.Operation;

/**
 * An expression of float32 elements, a block at a time: each step is a loop over arrays that stay in the first cache, in
 * the order of operations in which it is written. Values that are the same for the whole block are numbers, not arrays.
 * A multiple of an array that is read once is made where it is read, in the same loop.
 */
public final class BlockExpression {
    /** Elements of a block. */
    public static final int LENGTH = 1024;

    private static final int NONE = -1;

    private final Expression expression;
    private final float[][] arrays;
    private final float[] numbers;
    private final boolean[] uniform;
    /** For a value that is made where it is read: the array that it is a multiple of, and the number of which one. */
    private final int[] multiplied;

    private final int[] factors;

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
        this.multiplied = new int[values];
        this.factors = new int[values];
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
        findMultiples();
        shareArrays();
    }

    private int firstStep() {
        return expression.inputs() + expression.numbers().size();
    }

    private void findMultiples() {
        Arrays.fill(multiplied, NONE);
        int[] reads = new int[arrays.length];
        for (Expression.Step step : expression.steps()) {
            reads[step.a()]++;
            reads[step.b()] += step.operation().takesTwo() ? 1 : 0;
        }
        expression.results().forEach(result -> reads[result] += 2);
        for (int i = 0; i < expression.steps().size(); i++) {
            Expression.Step step = expression.steps().get(i);
            int value = firstStep() + i;
            boolean multiple =
                    step.operation() == Operation.TIMES && uniform[step.a()] != uniform[step.b()] && reads[value] == 1;
            int array = uniform[step.a()] ? step.b() : step.a();
            if (multiple && multiplied[array] == NONE) {
                multiplied[value] = array;
                factors[value] = uniform[step.a()] ? step.a() : step.b();
            }
        }
    }

    /** The value whose array is read for a value. */
    private int arrayOf(int value) {
        return multiplied[value] == NONE ? value : multiplied[value];
    }

    private float factorOf(int value) {
        return multiplied[value] == NONE ? 1 : numbers[factors[value]];
    }

    /** A step takes the array of a value that nobody reads any more. */
    private void shareArrays() {
        int[] lastRead = new int[arrays.length];
        List<Expression.Step> steps = expression.steps();
        for (int i = 0; i < steps.size(); i++) {
            lastRead[arrayOf(steps.get(i).a())] = i;
            lastRead[arrayOf(steps.get(i).b())] = i;
        }
        expression.results().forEach(result -> lastRead[result] = Integer.MAX_VALUE);
        Deque<float[]> free = new ArrayDeque<>();
        for (int i = 0; i < steps.size(); i++) {
            int value = firstStep() + i;
            if (!uniform[value] && multiplied[value] == NONE) {
                arrays[value] = free.isEmpty() ? new float[LENGTH] : free.pop();
                for (int read :
                        distinct(arrayOf(steps.get(i).a()), arrayOf(steps.get(i).b()))) {
                    if (read >= firstStep() && !uniform[read] && lastRead[read] == i) {
                        free.push(arrays[read]);
                    }
                }
            }
        }
    }

    private static List<Integer> distinct(int a, int b) {
        List<Integer> both = new ArrayList<>(List.of(a));
        if (b != a) {
            both.add(b);
        }
        return both;
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
        int value = firstStep();
        for (Expression.Step step : expression.steps()) {
            int a = step.a();
            int b = step.b();
            if (uniform[value]) {
                numbers[value] = (float) step.operation().of(numbers[a], numbers[b]);
            } else if (multiplied[value] == NONE) {
                float[] result = arrays[value];
                if (!step.operation().takesTwo()) {
                    apply(step.operation(), arrays[arrayOf(a)], factorOf(a), result, length);
                } else if (uniform[b]) {
                    applyToNumber(step.operation(), arrays[arrayOf(a)], factorOf(a), numbers[b], result, length);
                } else if (uniform[a]) {
                    applyToArray(step.operation(), numbers[a], arrays[arrayOf(b)], factorOf(b), result, length);
                } else {
                    apply(
                            step.operation(),
                            arrays[arrayOf(a)],
                            factorOf(a),
                            arrays[arrayOf(b)],
                            factorOf(b),
                            result,
                            length);
                }
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

    private static void apply(Operation operation, float[] a, float s, float[] result, int length) {
        switch (operation) {
            case NEGATED -> {
                for (int i = 0; i < length; i++) {
                    result[i] = -(a[i] * s);
                }
            }
            case SQUARED -> {
                for (int i = 0; i < length; i++) {
                    float x = a[i] * s;
                    result[i] = x * x;
                }
            }
            case SQUARE_ROOT -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) Math.sqrt(a[i] * s);
                }
            }
            case ABSOLUTE -> {
                for (int i = 0; i < length; i++) {
                    result[i] = Math.abs(a[i] * s);
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) operation.of(a[i] * s, 0);
                }
            }
        }
    }

    private static void apply(Operation operation, float[] a, float s, float[] b, float t, float[] result, int length) {
        switch (operation) {
            case PLUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] * s + b[i] * t;
                }
            }
            case MINUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] * s - b[i] * t;
                }
            }
            case TIMES -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (a[i] * s) * (b[i] * t);
                }
            }
            case DIVIDED_BY -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (a[i] * s) / (b[i] * t);
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) operation.of(a[i] * s, b[i] * t);
                }
            }
        }
    }

    private static void applyToNumber(Operation operation, float[] a, float s, float b, float[] result, int length) {
        switch (operation) {
            case PLUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] * s + b;
                }
            }
            case MINUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a[i] * s - b;
                }
            }
            case TIMES -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (a[i] * s) * b;
                }
            }
            case DIVIDED_BY -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (a[i] * s) / b;
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) operation.of(a[i] * s, b);
                }
            }
        }
    }

    private static void applyToArray(Operation operation, float a, float[] b, float t, float[] result, int length) {
        switch (operation) {
            case PLUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a + b[i] * t;
                }
            }
            case MINUS -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a - b[i] * t;
                }
            }
            case TIMES -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a * (b[i] * t);
                }
            }
            case DIVIDED_BY -> {
                for (int i = 0; i < length; i++) {
                    result[i] = a / (b[i] * t);
                }
            }
            default -> {
                for (int i = 0; i < length; i++) {
                    result[i] = (float) operation.of(a, b[i] * t);
                }
            }
        }
    }
}
