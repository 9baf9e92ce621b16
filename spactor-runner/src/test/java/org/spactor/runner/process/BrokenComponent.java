package org.spactor.runner.process;

import java.util.List;

/**
 * A component that does something wrong, and what is said of it.
 *
 * @param kind for instance {@code corruptor}
 * @param name unique among all of them
 * @param source of its provider, a nested class of the plugin's only class
 * @param says what the message contains, besides who it was
 */
record BrokenComponent(String kind, String name, String source, List<String> says) {
    BrokenComponent {
        says = List.copyOf(says);
    }

    /** Name of the provider's class. */
    String className() {
        StringBuilder words = new StringBuilder(kind.substring(0, 1).toUpperCase(java.util.Locale.ROOT));
        words.append(kind.substring(1));
        for (String word : name.split("-")) {
            words.append('_').append(word);
        }
        return words.toString();
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
