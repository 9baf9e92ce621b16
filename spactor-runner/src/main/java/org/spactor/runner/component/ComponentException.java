package org.spactor.runner.component;

import java.util.List;

/** Components that cannot be used, by whose fault it may be. The message names the origin and is meant for the user. */
public final class ComponentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One component that failed. */
    public ComponentException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Everything that is wrong.
     *
     * @param what with what, for instance {@code plugins}
     * @param problems at least one; each says where, what and what to do
     */
    public ComponentException(String what, List<String> problems) {
        super((problems.size() == 1 ? "1 problem" : problems.size() + " problems") + " with " + what + "\n  "
                + String.join("\n  ", problems));
    }
}
