package org.spactor.runner.assembly;

import java.util.random.RandomGenerator;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.data.CorruptorChain;
import org.spactor.runner.component.ComponentCalls;

/** A corruptor as a link of a chain, whose failures say that they are its, and on which example. */
final class GuardedCorruptor implements CorruptorChain.Link {
    private final Corruptor corruptor;
    private final ComponentCalls calls;
    private final String key;

    /** @param key the corruptor's key in the configuration, {@code corruptors[0]} */
    GuardedCorruptor(Corruptor corruptor, ComponentCalls calls, String key) {
        this.corruptor = corruptor;
        this.calls = calls;
        this.key = key;
    }

    @Override
    public String name() {
        return calls.component().toString();
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidOptionException if it refuses these lengths; with the option's key from the configuration's root on
     */
    @Override
    public FeatureLengths lengths(FeatureLengths lengths) {
        try {
            return calls.call(() -> "lengths(" + lengths.byFeature() + ")", () -> corruptor.lengths(lengths));
        } catch (InvalidOptionException e) {
            throw new InvalidOptionException(key + ".options." + e.option(), e.getMessage());
        }
    }

    @Override
    public Example corrupt(Example example, RandomGenerator random, long index) {
        try {
            return calls.call(() -> "corrupt() of example " + index, () -> corruptor.corrupt(example, random));
        } catch (InvalidOptionException e) {
            throw calls.failure("corrupt() of example " + index, "its option '" + e.option() + "' " + e.getMessage());
        }
    }
}
