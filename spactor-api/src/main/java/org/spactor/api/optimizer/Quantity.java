package org.spactor.api.optimizer;

import org.apiguardian.api.API;

/**
 * A quantity in an {@link Update}: a number, one element for each row or for each column of the parameter, or one for each
 * of its elements. The first three stretch to the last one, and a number to all. Immutable.
 *
 * <p>Numbers are float64. Everything that has elements is float32, and what is computed of it, too: a number that meets
 * elements is rounded to float32 first. Sums are made of float32 terms in float64.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface Quantity {
    /** This + other. */
    Quantity plus(Quantity other);

    /** This + number. */
    Quantity plus(double number);

    /** This − other. */
    Quantity minus(Quantity other);

    /** This − number. */
    Quantity minus(double number);

    /** This · other, element by element. */
    Quantity times(Quantity other);

    /** This · number. */
    Quantity times(double number);

    /** This / other, element by element. */
    Quantity dividedBy(Quantity other);

    /** This / number. */
    Quantity dividedBy(double number);

    /** The greater one, element by element. */
    Quantity maximum(Quantity other);

    /** The greater one of this and a number. */
    Quantity maximum(double number);

    /** The smaller one, element by element. */
    Quantity minimum(Quantity other);

    /** The smaller one of this and a number. */
    Quantity minimum(double number);

    /** This to the power of another quantity. */
    Quantity power(Quantity exponent);

    /** This to the power of a number. */
    Quantity power(double exponent);

    /** −this. */
    Quantity negated();

    /** This · this. */
    Quantity squared();

    /** √this. */
    Quantity squareRoot();

    /** |this|. */
    Quantity absolute();

    /** −1, 0 or 1. */
    Quantity sign();

    /** e to the power of this. */
    Quantity exponential();

    /** The natural logarithm. */
    Quantity logarithm();

    /** The sum of all elements: a number. */
    Quantity sum();

    /** The mean of all elements: a number. */
    Quantity mean();

    /** The root of the mean of the squares of all elements: a number. */
    Quantity rootMeanSquare();

    /**
     * The mean of each row: one element for each.
     *
     * @throws IllegalArgumentException if this has not an element for each of the parameter's
     */
    Quantity meanOfRows();

    /**
     * The mean of each column: one element for each.
     *
     * @throws IllegalArgumentException if this has not an element for each of the parameter's
     */
    Quantity meanOfColumns();
}
