package org.spactor.engine.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of an instruction by name: {@link Long}, {@link Double}, {@link Boolean}, {@code long[]} or
 * {@code double[]}.
 *
 * @param values settings in alphabetical order
 */
public record Attributes(Map<String, Object> values) {
    /** No settings. */
    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** These settings and one more. */
    public Attributes with(String name, Object value) {
        Map<String, Object> more = new TreeMap<>(values);
        more.put(name, value);
        return new Attributes(more);
    }

    /** An integer setting. */
    public long integer(String name) {
        return (Long) required(name);
    }

    /** An integer setting that fits an {@code int}. */
    public int number(String name) {
        return Math.toIntExact(integer(name));
    }

    /** A real setting. */
    public double real(String name) {
        return (Double) required(name);
    }

    /** A yes or no. */
    public boolean flag(String name) {
        return (Boolean) required(name);
    }

    /** Several integers. */
    public long[] integers(String name) {
        return ((long[]) required(name)).clone();
    }

    /** Several reals. */
    public double[] reals(String name) {
        return ((double[]) required(name)).clone();
    }

    private Object required(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no attribute '" + name + "' among " + values.keySet());
        }
        return value;
    }
}
