package org.spactor.api.corruption;

import org.apiguardian.api.API;
import org.spactor.api.component.ComponentProvider;

/** Makes {@link Corruptor}s; found with {@link java.util.ServiceLoader}. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface CorruptorProvider<O extends Record> extends ComponentProvider<O> {
    /**
     * Makes a corruptor.
     *
     * @throws org.spactor.api.component.InvalidOptionException if the options contradict each other or the vocabulary
     */
    Corruptor create(O options, Vocabulary vocabulary);
}
