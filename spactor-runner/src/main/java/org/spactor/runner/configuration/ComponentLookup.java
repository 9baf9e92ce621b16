package org.spactor.runner.configuration;

/** All that a configuration has to know of components: which there are, and which options they take. */
@FunctionalInterface
public interface ComponentLookup {
    /**
     * The options record of a component.
     *
     * @param kind for instance {@code corruptor}
     * @throws UnknownComponentException if there is none of that name
     */
    Class<? extends Record> optionsType(String kind, String name);
}
