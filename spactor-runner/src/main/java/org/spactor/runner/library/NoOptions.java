package org.spactor.runner.library;

/** The options of a component that a program made itself. */
public record NoOptions() {}
