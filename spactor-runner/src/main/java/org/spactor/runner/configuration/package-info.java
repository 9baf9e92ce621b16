/**
 * What a run is told. Layers of keys are read and combined ({@code layer}), bound to records that declare their options
 * ({@code option}), and everything that is wrong is collected ({@code problem}); the outcome is a {@link
 * org.spactor.runner.configuration.SpactorConfiguration}.
 */
package org.spactor.runner.configuration;
