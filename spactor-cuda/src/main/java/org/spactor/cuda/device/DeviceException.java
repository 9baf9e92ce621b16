package org.spactor.cuda.device;

/** A device cannot do what it is asked to; the message says what, and what to do. */
public final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message for people. */
    public DeviceException(String message) {
        super(message);
    }

    /** With a message for people and what is behind it. */
    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
