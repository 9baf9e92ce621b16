package org.spactor.runner.checkpoint;

/** A checkpoint that cannot be written, read or gone on from. The message says what is wrong, where, and what to do. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for the user */
    public CheckpointException(String message) {
        super(message);
    }

    /** @param message for the user */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
