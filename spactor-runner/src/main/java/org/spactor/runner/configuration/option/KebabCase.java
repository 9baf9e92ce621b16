package org.spactor.runner.configuration.option;

import java.util.Locale;
import java.util.regex.Pattern;

/** The spelling of keys, names and constants in a configuration: lower case, words joined by hyphens. */
final class KebabCase {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private KebabCase() {}

    /** The key of a record's component: {@code noise-density} for {@code noiseDensity}. */
    static String ofComponent(String name) {
        return HUMP.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /**
     * The spelling of an enum's constant: {@code gated-gelu} for {@code GATED_GELU}; or what its {@code toString} says,
     * if that is overridden, because not every value can be a Java name.
     */
    static String ofConstant(Enum<?> constant) {
        String text = constant.toString();
        return text.equals(constant.name()) ? text.replace('_', '-').toLowerCase(Locale.ROOT) : text;
    }
}
