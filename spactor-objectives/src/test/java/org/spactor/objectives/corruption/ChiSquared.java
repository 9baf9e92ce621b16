package org.spactor.objectives.corruption;

/** Pearson's test of counts against an expectation. */
final class ChiSquared {
    /** One in about 4,000 correct samples lies beyond. The seeds of the tests are fixed: they pass or fail for good. */
    private static final double NORMAL_QUANTILE = 3.5;

    private ChiSquared() {}

    /** Σ (count − expected)² / expected for equal expectations. */
    static double ofUniform(int[] counts) {
        double total = 0;
        for (int count : counts) {
            total += count;
        }
        double expected = total / counts.length;
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    /** The greatest plausible value, by the approximation of Wilson and Hilferty (1931). */
    static double limit(int degreesOfFreedom) {
        double variance = 2.0 / (9.0 * degreesOfFreedom);
        return degreesOfFreedom * Math.pow(1 - variance + NORMAL_QUANTILE * Math.sqrt(variance), 3);
    }
}
