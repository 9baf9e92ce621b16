package org.spactor.runner.configuration;

/**
 * A component that a configuration asks for.
 *
 * @param name the provider's name
 * @param options the provider's options record
 */
public record ComponentChoice(String name, Record options) {}
