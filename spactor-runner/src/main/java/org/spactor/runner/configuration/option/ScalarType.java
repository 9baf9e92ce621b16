package org.spactor.runner.configuration.option;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.spactor.runner.configuration.problem.Suggestions;

/** What an option takes that is a single value: how it is read from text, and how it is written. */
abstract class ScalarType {
    private final String label;
    private final String allowed;

    private ScalarType(String label, String allowed) {
        this.label = label;
        this.allowed = allowed;
    }

    /**
     * The type for a Java type.
     *
     * @param range an interval, or empty
     * @return empty if the Java type is not a scalar one
     * @throws IllegalArgumentException if the range is malformed or the type has none
     */
    static Optional<ScalarType> of(Class<?> type, String range) {
        Interval interval = range.isEmpty() ? null : Interval.parse(range);
        if (type == double.class || type == Double.class) {
            return Optional.of(new DecimalNumber(interval));
        }
        if (type == int.class || type == Integer.class) {
            return Optional.of(new WholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE, number -> (int) number, interval));
        }
        if (type == long.class || type == Long.class) {
            return Optional.of(new WholeNumber(Long.MIN_VALUE, Long.MAX_VALUE, number -> number, interval));
        }
        if (interval != null) {
            throw new IllegalArgumentException("a range is for numbers only");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Optional.of(new Truth());
        }
        if (type == String.class) {
            return Optional.of(new Text());
        }
        if (type.isEnum()) {
            return Optional.of(new Choice(type.asSubclass(Enum.class).getEnumConstants()));
        }
        return Optional.empty();
    }

    /** What to call the type when talking to a user. */
    final String label() {
        return label;
    }

    /** The values allowed, for a table: an interval, the words of a choice, or empty. */
    final String allowed() {
        return allowed;
    }

    /** Reads a value. */
    abstract Object read(String text) throws InvalidValueException;

    /** The value as YAML knows it: a number, a boolean or a text. */
    Object write(Object value) {
        return value;
    }

    private static class DecimalNumber extends ScalarType {
        private final Interval interval;

        private DecimalNumber(Interval interval) {
            this("number", interval);
        }

        private DecimalNumber(String label, Interval interval) {
            super(label, interval == null ? "" : interval.toString());
            this.interval = interval;
        }

        @Override
        Object read(String text) throws InvalidValueException {
            double number = readDecimal(text).doubleValue();
            if (Double.isInfinite(number)) {
                throw new InvalidValueException(text + " is too large");
            }
            return number;
        }

        final BigDecimal readDecimal(String text) throws InvalidValueException {
            BigDecimal number;
            try {
                number = new BigDecimal(text.strip().replace("_", ""));
            } catch (NumberFormatException e) {
                throw new InvalidValueException(
                        "'" + text + "' is not a " + label() + (interval == null ? "" : " within " + interval));
            }
            if (interval != null && !interval.contains(number)) {
                throw new InvalidValueException(text + " is not within " + interval);
            }
            return number;
        }
    }

    /** Admits {@code 1e6} and {@code 100.0}, which are whole. */
    private static final class WholeNumber extends DecimalNumber {
        private final long lowest;
        private final long highest;
        private final LongFunction<Object> box;

        private WholeNumber(long lowest, long highest, LongFunction<Object> box, Interval interval) {
            super("whole number", interval);
            this.lowest = lowest;
            this.highest = highest;
            this.box = box;
        }

        @Override
        Object read(String text) throws InvalidValueException {
            BigDecimal number = readDecimal(text);
            if (number.compareTo(BigDecimal.valueOf(lowest)) < 0 || number.compareTo(BigDecimal.valueOf(highest)) > 0) {
                throw new InvalidValueException(text + " is not within [" + lowest + ", " + highest + "]");
            }
            try {
                return box.apply(number.longValueExact());
            } catch (ArithmeticException e) {
                throw new InvalidValueException(text + " is not a whole number");
            }
        }
    }

    private static final class Truth extends ScalarType {
        private Truth() {
            super("boolean", "true, false");
        }

        @Override
        Object read(String text) throws InvalidValueException {
            return switch (text.strip()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new InvalidValueException("'" + text + "' is neither true nor false");
            };
        }
    }

    private static final class Text extends ScalarType {
        private Text() {
            super("text", "");
        }

        @Override
        Object read(String text) {
            return text;
        }
    }

    private static final class Choice extends ScalarType {
        private final Map<String, Enum<?>> constants;

        private Choice(Enum<?>[] constants) {
            this(byName(constants));
        }

        private Choice(Map<String, Enum<?>> constants) {
            super("choice", String.join(", ", constants.keySet()));
            this.constants = constants;
        }

        @Override
        Object read(String text) throws InvalidValueException {
            Enum<?> constant = constants.get(text.strip());
            if (constant == null) {
                throw new InvalidValueException(Suggestions.noSuch("choice", text, constants.keySet()));
            }
            return constant;
        }

        @Override
        Object write(Object value) {
            return KebabCase.ofConstant((Enum<?>) value);
        }

        private static Map<String, Enum<?>> byName(Enum<?>[] constants) {
            Map<String, Enum<?>> byName = new LinkedHashMap<>();
            for (Enum<?> constant : constants) {
                byName.put(KebabCase.ofConstant(constant), constant);
            }
            return byName;
        }
    }
}
