package org.spactor.api.component;

import org.apiguardian.api.API;

/**
 * What every pluggable component has in common: a name by which a configuration asks for it, a one-line summary, a record
 * that declares its options, and a factory. Plugins implement the interfaces of the kinds, such as {@link
 * org.spactor.api.corruption.CorruptorProvider}.
 *
 * <p>Providers are found with {@link java.util.ServiceLoader}: a jar lists its provider classes in {@code
 * META-INF/services/} under the name of one of the provider interfaces. A provider has a public no-argument constructor,
 * holds no state and does nothing until its factory method is called.
 *
 * <p>The options are a record whose components each carry an {@link Option}. The configuration's keys are the
 * components' names in kebab-case ({@code noiseDensity} is read from {@code noise-density}). Supported component types
 * are {@code int}, {@code long}, {@code double}, {@code boolean}, {@link String}, enums, {@link java.util.List}s of
 * these and of options records, and nested options records.
 *
 * @param <O> the options record; a component without options declares an empty record
 * @param <X> what the factory may know
 * @param <C> what the factory makes
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public interface ComponentProvider<O extends Record, X extends ComponentContext, C> {
    /** The name used in configurations: lower case, words joined by hyphens, unique among the components of its kind. */
    String name();

    /** One sentence, without a final full stop, that says what the component does. */
    String summary();

    /** Where the component comes from: a paper and section, or the program it follows. Empty if it is original. */
    default String source() {
        return "";
    }

    /** The record that declares the options. */
    Class<O> optionsType();

    /**
     * Makes a component. Called once a run.
     *
     * @throws InvalidOptionException if the options contradict each other or what the context says
     */
    C create(O options, X context);
}
