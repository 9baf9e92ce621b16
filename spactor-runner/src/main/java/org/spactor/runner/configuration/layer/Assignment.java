package org.spactor.runner.configuration.layer;

import java.util.List;
import org.spactor.runner.configuration.problem.ValueOrigin;

/** A value given on the command line. */
public sealed interface Assignment {
    /** The key, for instance {@code corruptors[0].options.noise-density}. */
    String key();

    /** The option that gave it. */
    ValueOrigin origin();

    /** A text, taken as it is. */
    record Text(String key, String text, ValueOrigin origin) implements Assignment {}

    /** A list of texts, which replaces the list below it. */
    record Texts(String key, List<String> texts, ValueOrigin origin) implements Assignment {
        public Texts {
            texts = List.copyOf(texts);
        }
    }

    /** Anything, in YAML. */
    record Yaml(String key, String yaml, ValueOrigin origin) implements Assignment {}

    /**
     * A text, or YAML if it starts as a list, a mapping or a quoted text does: a path or a name is not to be taken for a
     * mapping because there is a colon in it.
     */
    static Assignment parse(String key, String value, ValueOrigin origin) {
        boolean yaml = !value.isEmpty() && "[{\"'".indexOf(value.charAt(0)) >= 0;
        return yaml ? new Yaml(key, value, origin) : new Text(key, value, origin);
    }
}
