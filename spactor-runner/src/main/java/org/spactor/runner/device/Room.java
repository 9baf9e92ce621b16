package org.spactor.runner.device;

import java.util.Locale;
import org.spactor.runner.environment.MachineMemory;

/**
 * The memory that a device has left for tensors.
 *
 * @param bytes how much
 * @param description the same for people, with what else there is to know
 */
public record Room(long bytes, String description) {
    private static final double GB = 1e9;

    /** In the host's memory. */
    public static Room on(MachineMemory memory) {
        return new Room(
                memory.forArrays(),
                gigabytes(memory.forArrays()) + " for arrays (" + gigabytes(memory.total())
                        + " in all, of which the Java heap may take " + gigabytes(memory.heap()) + ")");
    }

    /** On a card. */
    static Room onCard(String card, long free, long total) {
        return new Room(free, gigabytes(free) + " free on the " + card + " (" + gigabytes(total) + " in all)");
    }

    /** A number of bytes for people. */
    public static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / GB);
    }
}
