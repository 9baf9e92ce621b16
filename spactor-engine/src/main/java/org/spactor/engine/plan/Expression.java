package org.spactor.engine.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@link Kinds#MAP} and {@link Kinds#MAP_SUM} compute, element by element. Values are numbered: first the inputs, then
 * the numbers, then what each step computes from two values before it.
 *
 * @param inputs how many inputs there are
 * @param numbers that are the same for all elements
 * @param steps one behind the other
 * @param results the values that are wanted, in the order of the outputs
 */
public record Expression(int inputs, List<Double> numbers, List<Step> steps, List<Integer> results) {
    private static final String CODE = "code";
    private static final String NUMBERS = "numbers";
    private static final String RESULTS = "results";
    private static final int LENGTH = 3;

    public Expression {
        numbers = List.copyOf(numbers);
        steps = List.copyOf(steps);
        results = List.copyOf(results);
        for (int i = 0; i < steps.size(); i++) {
            int own = inputs + numbers.size() + i;
            if (steps.get(i).a() >= own || steps.get(i).b() >= own) {
                throw new IllegalArgumentException("step " + i + " reads what is computed behind it: " + steps.get(i));
            }
        }
    }

    /** What a step does with its first value, or with both. */
    public enum Operation {
        PLUS,
        MINUS,
        TIMES,
        DIVIDED_BY,
        MAXIMUM,
        MINIMUM,
        POWER,
        NEGATED,
        SQUARED,
        SQUARE_ROOT,
        ABSOLUTE,
        SIGN,
        EXPONENTIAL,
        LOGARITHM;

        /** Whether the second value counts. */
        public boolean takesTwo() {
            return compareTo(POWER) <= 0;
        }

        /** In double precision. */
        public double of(double a, double b) {
            return switch (this) {
                case PLUS -> a + b;
                case MINUS -> a - b;
                case TIMES -> a * b;
                case DIVIDED_BY -> a / b;
                case MAXIMUM -> Math.max(a, b);
                case MINIMUM -> Math.min(a, b);
                case POWER -> Math.pow(a, b);
                case NEGATED -> -a;
                case SQUARED -> a * a;
                case SQUARE_ROOT -> Math.sqrt(a);
                case ABSOLUTE -> Math.abs(a);
                case SIGN -> Math.signum(a);
                case EXPONENTIAL -> Math.exp(a);
                case LOGARITHM -> Math.log(a);
            };
        }
    }

    /**
     * A step.
     *
     * @param a number of the first value
     * @param b number of the second one; that of the first where the operation takes one
     */
    public record Step(Operation operation, int a, int b) {}

    /** The expression of an instruction. */
    public static Expression of(Instruction instruction) {
        return of(instruction.attributes(), instruction.inputs().size());
    }

    /** The expression that is in an instruction's attributes. */
    public static Expression of(Attributes attributes, int inputs) {
        List<Double> numbers = new ArrayList<>();
        for (double number : attributes.reals(NUMBERS)) {
            numbers.add(number);
        }
        List<Step> steps = new ArrayList<>();
        long[] code = attributes.integers(CODE);
        for (int i = 0; i < code.length; i += LENGTH) {
            steps.add(new Step(Operation.values()[(int) code[i]], (int) code[i + 1], (int) code[i + 2]));
        }
        List<Integer> results = new ArrayList<>();
        for (long result : attributes.integers(RESULTS)) {
            results.add((int) result);
        }
        return new Expression(inputs, numbers, steps, results);
    }

    /** The expression as attributes of an instruction. */
    public Attributes attributes() {
        long[] code = new long[LENGTH * steps.size()];
        for (int i = 0; i < steps.size(); i++) {
            code[LENGTH * i] = steps.get(i).operation().ordinal();
            code[LENGTH * i + 1] = steps.get(i).a();
            code[LENGTH * i + 2] = steps.get(i).b();
        }
        return Attributes.NONE
                .with(CODE, code)
                .with(NUMBERS, numbers.stream().mapToDouble(Double::doubleValue).toArray())
                .with(RESULTS, results.stream().mapToLong(Integer::longValue).toArray());
    }

    /** Number of values in all. */
    public int values() {
        return inputs + numbers.size() + steps.size();
    }

    /**
     * All values for one element, in double precision.
     *
     * @param element of each input
     */
    public double[] evaluate(double... element) {
        double[] values = new double[values()];
        System.arraycopy(element, 0, values, 0, inputs);
        for (int i = 0; i < numbers.size(); i++) {
            values[inputs + i] = numbers.get(i);
        }
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            values[inputs + numbers.size() + i] = step.operation().of(values[step.a()], values[step.b()]);
        }
        return values;
    }
}
