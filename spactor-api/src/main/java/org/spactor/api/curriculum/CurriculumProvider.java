package org.spactor.api.curriculum;

import org.spactor.api.component.ComponentProvider;

/** Makes {@link Curriculum}s; found with {@link java.util.ServiceLoader}. */
public interface CurriculumProvider<O extends Record> extends ComponentProvider<O> {
    /**
     * Makes a curriculum.
     *
     * @throws org.spactor.api.component.InvalidOptionException if the options contradict each other
     */
    Curriculum create(O options);
}
