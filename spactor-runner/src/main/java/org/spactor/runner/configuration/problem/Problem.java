package org.spactor.runner.configuration.problem;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key where it is wrong, for instance {@code corruptors[0].name}; empty if it is the whole
 * @param message what is wrong, with the value, what is allowed and a suggestion
 * @param origin where the value was written
 */
public record Problem(String key, String message, ValueOrigin origin) {
    /** {@code key: message}, followed by the origin unless that is the default. */
    @Override
    public String toString() {
        String text = key.isEmpty() ? message : key + ": " + message;
        return origin.equals(ValueOrigin.DEFAULT) ? text : text + "  (" + origin + ")";
    }
}
