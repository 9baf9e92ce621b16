package org.spactor.api.architecture;

import org.apiguardian.api.API;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.corruption.Vocabulary;

/** Makes {@link Architecture}s; found with {@link java.util.ServiceLoader}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ArchitectureProvider<O extends Record> extends ComponentProvider<O> {
    /**
     * Makes an architecture.
     *
     * @throws org.spactor.api.component.InvalidOptionException if the options contradict each other
     */
    Architecture create(O options, Vocabulary vocabulary);
}
