package org.spactor.runner.training;

/** A run that cannot start or go on. The message says what is wrong, where, and what to do. */
public class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the user */
    public TrainingException(String message) {
        super(message);
    }

    /** @param message for the user */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
