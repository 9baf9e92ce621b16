package org.spactor.api.corruption;

import org.apiguardian.api.API;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.ComponentProvider;

/** Makes {@link Corruptor}s; found with {@link java.util.ServiceLoader}. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface CorruptorProvider<O extends Record> extends ComponentProvider<O, ComponentContext, Corruptor> {}
