package org.spactor.api.architecture;

import org.apiguardian.api.API;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.ComponentProvider;

/** Makes {@link Architecture}s; found with {@link java.util.ServiceLoader}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ArchitectureProvider<O extends Record> extends ComponentProvider<O, ComponentContext, Architecture> {}
