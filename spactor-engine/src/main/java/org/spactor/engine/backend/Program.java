package org.spactor.engine.backend;

import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Profile;

/** An instance of a plan on a device, for one caller at a time, with memory of its own. */
public interface Program extends AutoCloseable {
    /** What is executed. */
    Plan plan();

    /**
     * Sets an input of integers; does nothing if the plan has no input of this name.
     *
     * @throws IllegalArgumentException if it takes another number of them
     */
    void setInput(String name, int[] values);

    /**
     * Sets an input of one long; does nothing if the plan has no input of this name.
     *
     * @throws IllegalArgumentException if it takes another number of them
     */
    void setInput(String name, long value);

    /**
     * Sets an input of one number in double precision; does nothing if the plan has no input of this name.
     *
     * @throws IllegalArgumentException if it takes another number of them
     */
    void setNumber(String name, double value);

    /**
     * Sets an input of reals; does nothing if the plan has no input of this name.
     *
     * @throws IllegalArgumentException if it takes another number of them
     */
    void setInput(String name, float... values);

    /**
     * Executes the plan on the inputs and tensors as they are now.
     *
     * @param accumulates whether to add the gradients to those of the run before; the plan must be compiled for it
     */
    void run(boolean accumulates);

    /** Executes the plan on the inputs and tensors as they are now. */
    default void run() {
        run(false);
    }

    /**
     * A result, overwritten by the next run; belongs to the program.
     *
     * @throws IllegalArgumentException if the plan has no such result
     */
    DeviceTensor result(String name);

    /**
     * The numbers of a result, of whatever type they are.
     *
     * @throws IllegalArgumentException if the plan has no such result
     */
    double[] numbers(String name);

    /** Adds the time that every instruction took since the last call of this method, and forgets it. */
    void addTimesTo(Profile profile);

    /** Gives the memory back. */
    @Override
    void close();
}
