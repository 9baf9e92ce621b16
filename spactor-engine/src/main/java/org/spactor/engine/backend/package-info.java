/**
 * What a device has to offer so that models are trained on it: memory, and the execution of {@linkplain
 * org.spactor.engine.plan.Plan plans}. Without a type of any array library: a backend is an implementation of {@link
 * org.spactor.engine.backend.Backend}, {@link org.spactor.engine.backend.Program} and {@link
 * org.spactor.engine.backend.DeviceTensor}, and everything else of the engine works on it.
 */
package org.spactor.engine.backend;
