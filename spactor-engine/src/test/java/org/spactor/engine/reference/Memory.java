package org.spactor.engine.reference;

import java.util.Arrays;
import org.spactor.engine.plan.ElementType;

/** Elements of one type: float32 as {@code double}, integers as {@code long}. */
sealed interface Memory {
    /** Memory for elements of a type, poisoned. */
    static Memory of(ElementType type, long elements) {
        int length = Math.toIntExact(elements);
        boolean integers = type == ElementType.INT32 || type == ElementType.INT64;
        Memory memory = integers ? new Integers(new long[length]) : new Reals(new double[length]);
        memory.poison(0, length);
        return memory;
    }

    double real(int place);

    long integer(int place);

    void set(int place, double value);

    void set(int place, long value);

    /** Copies an element of memory of the same type. */
    void copy(int place, Memory source, int sourcePlace);

    /** Makes a stretch unusable, so that a read of something never written shows. */
    void poison(int from, int to);

    /** Real numbers. */
    record Reals(double[] values) implements Memory {
        @Override
        public double real(int place) {
            return values[place];
        }

        @Override
        public long integer(int place) {
            throw new IllegalStateException("an integer was wanted, but these are real numbers");
        }

        @Override
        public void set(int place, double value) {
            values[place] = value;
        }

        @Override
        public void set(int place, long value) {
            values[place] = value;
        }

        @Override
        public void copy(int place, Memory source, int sourcePlace) {
            values[place] = source.real(sourcePlace);
        }

        @Override
        public void poison(int from, int to) {
            Arrays.fill(values, from, to, Double.NaN);
        }
    }

    /** Integers; poison is a number that no table has a row for. */
    record Integers(long[] values) implements Memory {
        @Override
        public double real(int place) {
            return values[place];
        }

        @Override
        public long integer(int place) {
            return values[place];
        }

        @Override
        public void set(int place, double value) {
            values[place] = (long) value;
        }

        @Override
        public void set(int place, long value) {
            values[place] = value;
        }

        @Override
        public void copy(int place, Memory source, int sourcePlace) {
            values[place] = source.integer(sourcePlace);
        }

        @Override
        public void poison(int from, int to) {
            Arrays.fill(values, from, to, Long.MIN_VALUE);
        }
    }
}
