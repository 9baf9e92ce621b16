package org.spactor.runner.device;

import org.spactor.engine.backend.Backend;

/**
 * What a run is trained on, ready to be used.
 *
 * @param name what it is, never {@code auto}
 * @param backend what runs plans on it
 * @param description one line for people: what it is, and why if that was open
 * @param room the memory that is left for tensors
 * @param closing gives it back
 */
public record OpenDevice(DeviceName name, Backend backend, String description, Room room, Runnable closing)
        implements AutoCloseable {
    @Override
    public void close() {
        closing.run();
    }
}
