package org.spactor.runner.embedded;

/** The options of a component that a program made itself. */
public record NoOptions() {}
