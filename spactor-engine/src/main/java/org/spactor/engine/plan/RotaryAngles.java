package org.spactor.engine.plan;

/** The angles of {@link Kinds#ROTARY_POSITIONS}. Su et al., 2021, section 3.2.2. */
public final class RotaryAngles {
    private RotaryAngles() {}

    /** The angle by which the i-th pair of a head is turned from one place to the next, in radians. */
    public static double angle(int pair, int headWidth, double base) {
        return Math.pow(base, -2.0 * pair / headWidth);
    }
}
