/**
 * What a component has to fulfil, as tests to inherit: {@link org.spactor.testkit.CorruptorContract}, {@link
 * org.spactor.testkit.CurriculumContract}, {@link org.spactor.testkit.ObjectiveContract}, {@link
 * org.spactor.testkit.ArchitectureContract}, {@link org.spactor.testkit.ResumptionContract} for all of them together, and
 * {@link org.spactor.testkit.PluginJarContract} for the jar. The built-in components inherit them too.
 */
package org.spactor.testkit;
