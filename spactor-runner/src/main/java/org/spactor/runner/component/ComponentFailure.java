package org.spactor.runner.component;

/**
 * A component that failed while it was at work. The message says which one, where it comes from, what it was doing and what
 * it threw.
 */
public final class ComponentFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the user */
    public ComponentFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param message for the user */
    public ComponentFailure(String message) {
        super(message);
    }
}
