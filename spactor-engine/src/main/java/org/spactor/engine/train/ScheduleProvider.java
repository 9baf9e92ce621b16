package org.spactor.engine.train;

import org.spactor.api.component.ComponentProvider;

/** Makes {@link Schedule}s. */
public interface ScheduleProvider<O extends Record> extends ComponentProvider<O> {
    /** Makes a schedule. */
    Schedule create(O options);
}
