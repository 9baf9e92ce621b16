package org.spactor.runner.command;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.engine.nd4j.Nd4jBackend;

/** What around a process makes it slower than it could be, one sentence each. */
final class Surroundings {
    private static final long MILLISECONDS_WATCHED = 400;
    private static final double BUSY = 0.15;
    private static final double FULL = 0.85;

    private Surroundings() {}

    /** What the environment says wrongly. */
    static List<String> warnings() {
        return NativeLibraries.warnings(System.getenv(), Nd4jBackend.create().productLibrary());
    }

    /** Whether something else is busy: looks at all cores for a while, in which this process does nothing. */
    static List<String> busyWarnings() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        system.getCpuLoad();
        try {
            Thread.sleep(MILLISECONDS_WATCHED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
        double load = system.getCpuLoad();
        return load > BUSY
                ? List.of(String.format(
                        Locale.ROOT,
                        "other processes use %.0f %% of this machine's %d cores; what is measured now is too slow",
                        100 * load,
                        system.getAvailableProcessors()))
                : List.of();
    }

    /** Whether the heap is nearly full, so that the collector takes time. */
    static List<String> heapWarnings() {
        List<String> warnings = new ArrayList<>();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        if (heap.getUsed() > FULL * heap.getMax()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%,d of the heap's %,d MB are in use; give it more: SPACTOR_JAVA_OPTIONS=-Xmx%dm ./spactor ...",
                    heap.getUsed() / 1_000_000,
                    heap.getMax() / 1_000_000,
                    2 * heap.getMax() / (1 << 20)));
        }
        return warnings;
    }
}
