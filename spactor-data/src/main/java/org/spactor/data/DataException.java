package org.spactor.data;

/** Data that cannot be used. The message says what is wrong, where (file and line), and what to do about it. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
