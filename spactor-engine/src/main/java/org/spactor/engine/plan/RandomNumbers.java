package org.spactor.engine.plan;

import org.spactor.api.random.CounterRandom;

/**
 * The random numbers of an instruction: a function of the run's key, of the salt, which tells the instructions of a plan
 * apart, and of the place where a number is used. They are the same on every backend.
 */
public final class RandomNumbers {
    private RandomNumbers() {}

    /** The random number of a place, uniform on [0, 1) with 24 bits. */
    public static float uniform(long key, long salt, long place) {
        return CounterRandom.uniform(CounterRandom.bits(key, salt), place);
    }

    /** Whether {@link Kinds#DROPOUT} keeps an element: its number is not below the rate. */
    public static boolean keeps(long key, long salt, long element, double rate) {
        return uniform(key, salt, element) >= rate;
    }
}
