package org.spactor.engine.plan;

/** The buckets of {@link Kinds#RELATIVE_POSITION_BIAS}. Raffel et al., 2020, section 2.1. */
public final class RelativePositions {
    private RelativePositions() {}

    /**
     * The bucket of a distance, as T5 computes it.
     *
     * @param relative position of the key minus position of the query
     * @param buckets rows of the table
     */
    public static int bucket(long relative, boolean bidirectional, int buckets, int maxDistance) {
        int count = bidirectional ? buckets / 2 : buckets;
        int first = bidirectional && relative > 0 ? count : 0;
        long distance = bidirectional ? Math.abs(relative) : Math.max(-relative, 0);
        int exact = count / 2;
        if (distance < exact) {
            return first + (int) distance;
        }
        // float32, as the reference programs compute it: double would round differently at the boundaries
        float logarithm = (float) Math.log((float) distance / exact) / (float) Math.log((double) maxDistance / exact);
        int logarithmic = exact + (int) (logarithm * (count - exact));
        return first + Math.min(logarithmic, count - 1);
    }
}
