package org.spactor.api.optimizer;

import org.apiguardian.api.API;

/**
 * The update of one parameter, while it is declared. Tensors are seen as matrices: all sides but the last are rows, the last
 * one is the columns, and a tensor of one side is one row.
 *
 * <p>Everything that is {@linkplain #set set} changes at the end, together: a quantity that was set is still the old one
 * where it is read. What is to be computed from the new one takes the quantity that it was set to.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface Update {
    /** The parameter's name. */
    String parameter();

    /** The parameter's shape. The caller may change the array. */
    long[] shape();

    /** The parameter. */
    Quantity value();

    /** Its gradient, clipped. */
    Quantity gradient();

    /** The optimizer's learning rate, times the schedule's factor: a number. */
    Quantity learningRate();

    /** The number of the step, from 1. */
    Quantity step();

    /** A number that is the same in all steps. */
    Quantity number(double number);

    /**
     * Something to remember that has the parameter's shape; it starts as zeros.
     *
     * @param name tells it from the others of this parameter
     * @throws IllegalArgumentException if it was declared before, or the name is blank
     */
    Quantity slot(String name);

    /**
     * Something to remember that has one element for each row.
     *
     * @throws IllegalArgumentException as {@link #slot}
     */
    Quantity slotOfRows(String name);

    /**
     * Something to remember that has one element for each column.
     *
     * @throws IllegalArgumentException as {@link #slot}
     */
    Quantity slotOfColumns(String name);

    /**
     * A single number to remember, as float32.
     *
     * @throws IllegalArgumentException as {@link #slot}
     */
    Quantity slotOfOne(String name);

    /**
     * Says what the parameter or a slot will be.
     *
     * @param target {@link #value()} or a slot of this update
     * @param value of the target's shape, or one that stretches to it
     * @throws IllegalArgumentException if the target cannot be set, was set before, or the value has not its shape
     */
    void set(Quantity target, Quantity value);
}
