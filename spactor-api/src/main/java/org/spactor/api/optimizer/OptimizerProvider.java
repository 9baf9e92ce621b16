package org.spactor.api.optimizer;

import org.apiguardian.api.API;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.ComponentProvider;

/** Makes {@link Optimizer}s; found with {@link java.util.ServiceLoader}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface OptimizerProvider<O extends Record> extends ComponentProvider<O, ComponentContext, Optimizer> {}
