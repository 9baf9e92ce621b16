package org.spactor.runner.configuration.option;

import java.util.Map;

/** Writes an options record as what {@link OptionsBinder} reads. */
public final class OptionsTree {
    private OptionsTree() {}

    /**
     * The values by key, in the order of declaration: numbers, booleans, texts, lists of these and maps for nested
     * records.
     */
    public static Map<String, Object> of(Record options) {
        return OptionsSchema.of(options.getClass()).write(options);
    }
}
