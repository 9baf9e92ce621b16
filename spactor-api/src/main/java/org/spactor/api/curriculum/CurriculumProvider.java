package org.spactor.api.curriculum;

import org.apiguardian.api.API;
import org.spactor.api.component.ComponentProvider;

/** Makes {@link Curriculum}s; found with {@link java.util.ServiceLoader}. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface CurriculumProvider<O extends Record> extends ComponentProvider<O, CurriculumContext, Curriculum> {}
