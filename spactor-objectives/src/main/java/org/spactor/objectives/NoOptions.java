package org.spactor.objectives;

/** The options of a component that has none. */
public record NoOptions() {}
