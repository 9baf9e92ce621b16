package org.spactor.runner.configuration.option;

/** A text that is not a value of an option. The message says which text and what is allowed. */
final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidValueException(String message) {
        super(message);
    }
}
