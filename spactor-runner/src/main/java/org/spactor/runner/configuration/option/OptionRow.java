package org.spactor.runner.configuration.option;

/**
 * What there is to say about an option.
 *
 * @param key in kebab-case; options of a nested record have dots, for instance {@code validation.fraction}
 * @param type what it takes, for instance {@code whole number} or {@code list of texts}
 * @param defaultValue as written in a configuration; {@code required} if there is none
 * @param range the interval or the choices allowed; empty if everything of the type is
 * @param description one sentence
 * @param source where the default comes from; may be empty
 */
public record OptionRow(
        String key, String type, String defaultValue, String range, String description, String source) {}
