package org.spactor.runner.training;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a run to stop after the step that it is making. Thread-safe. */
public final class StopRequest {
    private final AtomicInteger exitCode = new AtomicInteger();

    /**
     * Asks.
     *
     * @param code the exit code of a process that stops for this reason, which is not 0
     * @return whether this was the first time
     */
    public boolean stop(int code) {
        return exitCode.compareAndSet(0, code);
    }

    /** The exit code, if somebody asked. */
    public OptionalInt exitCode() {
        int code = exitCode.get();
        return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }
}
