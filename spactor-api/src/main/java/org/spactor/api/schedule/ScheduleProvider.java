package org.spactor.api.schedule;

import org.apiguardian.api.API;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.ComponentProvider;

/** Makes {@link Schedule}s; found with {@link java.util.ServiceLoader}. */
@API(status = API.Status.MAINTAINED, since = "0.2")
public interface ScheduleProvider<O extends Record> extends ComponentProvider<O, ComponentContext, Schedule> {}
