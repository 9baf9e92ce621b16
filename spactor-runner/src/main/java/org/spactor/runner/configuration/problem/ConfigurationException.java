package org.spactor.runner.configuration.problem;

import java.util.List;

/** A configuration that cannot be used, with everything that is wrong with it. The message is meant for the user. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param title what was read, for instance the name of a file
     * @param problems at least one
     */
    public ConfigurationException(String title, List<Problem> problems) {
        super(render(title, problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order of the configuration's keys. */
    public List<Problem> problems() {
        return problems;
    }

    private static String render(String title, List<Problem> problems) {
        StringBuilder text = new StringBuilder();
        text.append(problems.size()).append(problems.size() == 1 ? " problem in " : " problems in ");
        text.append(title);
        for (Problem problem : problems) {
            text.append("\n  ").append(problem);
        }
        return text.toString();
    }
}
