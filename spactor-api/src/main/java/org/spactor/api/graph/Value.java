package org.spactor.api.graph;

import org.apiguardian.api.API;

/**
 * A tensor in a {@link Graph}: what it will hold is computed when the plan runs, its shape is known now. Spactor implements
 * this.
 *
 * <p>Every operation declares another value in the same graph. Operands of different shapes are broadcast as in NumPy.
 * Axes are counted from 0; negative ones from the end. Arithmetic is on FLOAT; comparisons take either type and give INT, 1
 * for yes and 0 for no, which {@link #toFloat} turns into a mask to multiply by. The gradient of everything FLOAT is
 * verified against finite differences; none flows through INT.
 *
 * <p>An operation whose operands do not fit throws {@link IllegalArgumentException} at once, with their shapes.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface Value {
    /** What the elements are. */
    ElementType type();

    /** The lengths along all axes; [] for a number. */
    long[] shape();

    /** Number of axes. */
    default int rank() {
        return shape().length;
    }

    /** The length along an axis. */
    long size(int axis);

    /** this + other. */
    Value add(Value other);

    /** this + number. */
    Value add(double number);

    /** this − other. */
    Value sub(Value other);

    /** this − number. */
    Value sub(double number);

    /** this · other, element by element. */
    Value mul(Value other);

    /** this · number. */
    Value mul(double number);

    /** this / other, element by element. */
    Value div(Value other);

    /** this / number. */
    Value div(double number);

    /** −this. */
    Value neg();

    /** e to the power of this. */
    Value exp();

    /** Natural logarithm. */
    Value log();

    /** Square root of what is above 0: exp(log(this) / 2). */
    Value sqrt();

    /** Absolute value; its gradient at 0 is 0. */
    Value abs();

    /** Hyperbolic tangent. */
    Value tanh();

    /** 1 / (1 + exp(−this)). */
    Value sigmoid();

    /** Sine, of radians. */
    Value sin();

    /** Cosine, of radians. */
    Value cos();

    /** INT: whether this = other. */
    Value eq(Value other);

    /** INT: whether this = number. */
    Value eq(double number);

    /** INT: whether this ≠ other. */
    Value ne(Value other);

    /** INT: whether this ≠ number. */
    Value ne(double number);

    /** INT: whether this &lt; other. */
    Value lt(Value other);

    /** INT: whether this &lt; number. */
    Value lt(double number);

    /** INT: whether this &gt; other. */
    Value gt(Value other);

    /** INT: whether this &gt; number. */
    Value gt(double number);

    /** The same numbers as FLOAT; of a FLOAT, this. */
    Value toFloat();

    /** The sum of all elements, []. */
    Value sum();

    /** The sum along some axes, which are gone afterwards. */
    Value sum(int... axes);

    /** The mean of all elements, []. */
    Value mean();

    /** The mean along some axes, which are gone afterwards. */
    Value mean(int... axes);

    /** The greatest along an axis, which is gone afterwards; of several that are, the first gets the gradient. */
    Value max(int axis);

    /** exp(this) divided by its sum along the last axis. */
    Value softmax();

    /** log Σ exp(this) along the last axis, which is gone afterwards. Does not overflow. */
    Value logSumExp();

    /**
     * Matrix product of the last two axes; all axes before them are equal.
     *
     * @param other [..., k, n], where this is [..., m, k]
     * @return [..., m, n]
     */
    Value matmul(Value other);

    /** The same elements in another shape; −1 stands for the length that is left, at one axis at most. */
    Value reshape(long... shape);

    /** The axes in another order. */
    Value permute(int... axes);

    /** The last two axes exchanged. */
    Value transpose();

    /** With one more axis, of length 1. */
    Value expand(int axis);

    /** Without an axis of length 1. */
    Value squeeze(int axis);

    /** A part along an axis: from the first place, inclusive, to the second, exclusive. FLOAT or INT. */
    Value slice(int axis, long from, long to);
}
