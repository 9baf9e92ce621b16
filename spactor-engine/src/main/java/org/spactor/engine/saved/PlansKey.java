package org.spactor.engine.saved;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that decides what a model's plans are, as texts by name: the version of Spactor, architecture and objective
 * with their options, lengths, the vocabulary, precision and so on. Plans are used for this key and no other.
 *
 * @param values in alphabetical order of their names
 */
public record PlansKey(Map<String, String> values) {
    private static final String NONE = "none";

    public PlansKey {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** What is otherwise in the key that is wanted: a line for each name, none if the keys are equal. */
    public List<String> differences(PlansKey wanted) {
        TreeSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(wanted.values.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String own = values.getOrDefault(name, NONE);
            String other = wanted.values.getOrDefault(name, NONE);
            if (!own.equals(other)) {
                differences.add(name + " is " + own + " where " + other + " is wanted");
            }
        }
        return differences;
    }
}
