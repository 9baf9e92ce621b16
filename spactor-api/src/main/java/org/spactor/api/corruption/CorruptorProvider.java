package org.spactor.api.corruption;

import org.spactor.api.component.ComponentProvider;

/** Makes {@link Corruptor}s; found with {@link java.util.ServiceLoader}. */
public interface CorruptorProvider<O extends Record> extends ComponentProvider<O> {
    /**
     * Makes a corruptor.
     *
     * @throws org.spactor.api.component.InvalidOptionException if the options contradict each other or the vocabulary
     */
    Corruptor create(O options, Vocabulary vocabulary);
}
