package org.spactor.runner.configuration.option;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of numbers in the usual notation, for instance {@code (0, 1]} or {@code [1, inf)}. */
final class Interval {
    private static final Pattern NOTATION = Pattern.compile("([\\[(])\\s*([^\\s,]+)\\s*,\\s*([^\\s,]+)\\s*([])])");
    private static final String INFINITY = "inf";

    private final String notation;
    private final BigDecimal low;
    private final boolean lowIncluded;
    private final BigDecimal high;
    private final boolean highIncluded;

    private Interval(String notation, BigDecimal low, boolean lowIncluded, BigDecimal high, boolean highIncluded) {
        this.notation = notation;
        this.low = low;
        this.lowIncluded = lowIncluded;
        this.high = high;
        this.highIncluded = highIncluded;
    }

    /**
     * Reads the notation.
     *
     * @throws IllegalArgumentException if it is not an interval
     */
    static Interval parse(String notation) {
        Matcher matcher = NOTATION.matcher(notation.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + notation + "' is not an interval such as '(0, 1]' or '[1, inf)'");
        }
        BigDecimal low = bound(notation, matcher.group(2), "-" + INFINITY);
        BigDecimal high = bound(notation, matcher.group(3), INFINITY);
        if (low != null && high != null && low.compareTo(high) > 0) {
            throw new IllegalArgumentException("the interval '" + notation + "' is empty");
        }
        return new Interval(
                notation.strip(),
                low,
                matcher.group(1).equals("["),
                high,
                matcher.group(4).equals("]"));
    }

    boolean contains(BigDecimal number) {
        return (low == null || number.compareTo(low) >= (lowIncluded ? 0 : 1))
                && (high == null || number.compareTo(high) <= (highIncluded ? 0 : -1));
    }

    /** The notation, as it was declared. */
    @Override
    public String toString() {
        return notation;
    }

    /** A bound, or null for the infinity that may stand in its place. */
    private static BigDecimal bound(String notation, String text, String infinity) {
        if (text.equals(infinity)) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a bound of the interval '" + notation + "'", e);
        }
    }
}
