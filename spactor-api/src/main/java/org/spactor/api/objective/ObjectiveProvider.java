package org.spactor.api.objective;

import org.apiguardian.api.API;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.corruption.Vocabulary;

/** Makes {@link Objective}s; found with {@link java.util.ServiceLoader}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ObjectiveProvider<O extends Record> extends ComponentProvider<O> {
    /**
     * Makes an objective.
     *
     * @throws org.spactor.api.component.InvalidOptionException if the options contradict each other
     */
    Objective create(O options, Vocabulary vocabulary);
}
