package org.spactor.engine.compile;

import java.util.Arrays;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Shape;

/**
 * A tensor of a listing.
 *
 * @param name its name in the SameDiff graph; unique in a listing
 * @param type element type
 * @param shape sides; none for a scalar
 * @param origin where its numbers come from
 */
record Value(String name, ElementType type, long[] shape, Origin origin) {
    /** Where a value's numbers come from. */
    sealed interface Origin {
        /** A parameter of the model. */
        record Parameter() implements Origin {}

        /** The caller, before every run. */
        record Input() implements Origin {}

        /** Fixed numbers. */
        record Constant(double[] values) implements Origin {}

        /** A node of the listing. */
        record Computed() implements Origin {}
    }

    long elements() {
        return Shape.elements(shape);
    }

    boolean sameShapeAs(Value other) {
        return Arrays.equals(shape, other.shape);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && value.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
