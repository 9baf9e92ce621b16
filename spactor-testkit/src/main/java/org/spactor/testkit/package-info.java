/**
 * What a component has to fulfil, as tests to inherit, one class for each kind: {@link
 * org.spactor.testkit.CorruptorContract} and {@link org.spactor.testkit.NoiseMaskContract}, {@link
 * org.spactor.testkit.CurriculumContract}, {@link org.spactor.testkit.ObjectiveContract}, {@link
 * org.spactor.testkit.ArchitectureContract}, {@link org.spactor.testkit.OptimizerContract}, {@link
 * org.spactor.testkit.ScheduleContract}; {@link org.spactor.testkit.ResumptionContract} for all of them together, and
 * {@link org.spactor.testkit.PluginJarContract} for the jar. The built-in components inherit them too.
 */
package org.spactor.testkit;
