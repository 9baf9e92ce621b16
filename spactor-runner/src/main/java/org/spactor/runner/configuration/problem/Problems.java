package org.spactor.runner.configuration.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that a user sees all of it at once. */
public final class Problems {
    private final List<Problem> problems = new ArrayList<>();

    /** Adds a problem. */
    public void add(String key, String message, ValueOrigin origin) {
        problems.add(new Problem(key, message, origin));
    }

    /** What was added so far, in that order. */
    public List<Problem> list() {
        return List.copyOf(problems);
    }

    /** How many were added so far. */
    public int size() {
        return problems.size();
    }

    /**
     * Ends the reading of a configuration that has problems.
     *
     * @param title what was read, for instance the name of a file
     * @throws ConfigurationException if there are problems
     */
    public void throwIfAny(String title) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(title, problems);
        }
    }
}
