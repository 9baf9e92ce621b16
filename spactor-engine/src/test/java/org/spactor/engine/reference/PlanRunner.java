package org.spactor.engine.reference;

/** Something that executes one plan: the seam at which tests put one backend or another. */
public interface PlanRunner {
    /** Fills a parameter, in row-major order; a name that the plan does not use is passed over. */
    void setParameter(String name, double[] values);

    /** Fills an input of real numbers, in row-major order; a name that the plan does not use is passed over. */
    void setInput(String name, double[] values);

    /** Fills an input of integers, in row-major order; a name that the plan does not use is passed over. */
    void setInput(String name, long[] values);

    /** Fills an input of integers, in row-major order; a name that the plan does not use is passed over. */
    default void setInput(String name, int[] values) {
        long[] wide = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        setInput(name, wide);
    }

    /** Fills an input of one number in double precision. */
    void setNumber(String name, double value);

    /** Executes the plan once. */
    void run();

    /** A result of the last run, in row-major order. */
    double[] result(String name);
}
