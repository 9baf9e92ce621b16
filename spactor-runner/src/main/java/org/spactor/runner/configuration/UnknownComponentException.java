package org.spactor.runner.configuration;

/** There is no component of a kind and a name. The message says which there are, and is meant for the user. */
public final class UnknownComponentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with what to tell the user. */
    public UnknownComponentException(String message) {
        super(message);
    }
}
