package org.spactor.runner.environment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory that this process may take.
 *
 * @param total of the machine, or of the container that the process is in, in bytes
 * @param heap the most that the Java heap may take of it, in bytes
 */
public record MachineMemory(long total, long heap) {
    private static final String MOST_OF_ARRAYS = "org.bytedeco.javacpp.maxbytes";
    private static final String MOST_OF_PROCESS = "org.bytedeco.javacpp.maxphysicalbytes";

    /** That of this machine. */
    public static MachineMemory here() {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new MachineMemory(
                system.getTotalMemorySize(), Runtime.getRuntime().maxMemory());
    }

    /**
     * What is left for arrays outside of the heap, in bytes. The heap is seldom full, so that on a small machine it does
     * not count for more than half.
     */
    public long forArrays() {
        return Math.max(total - heap, total / 2);
    }

    /**
     * Makes the library that allocates arrays refuse what the machine has not, instead of letting the operating system
     * end the process. Unless it is told otherwise its limits are multiples of the heap, which say nothing of the machine.
     * It reads them when it is loaded, so this comes first; what the user has set stays.
     */
    public void limitArrays() {
        setIfAbsent(MOST_OF_ARRAYS, forArrays());
        setIfAbsent(MOST_OF_PROCESS, total);
    }

    private static void setIfAbsent(String property, long bytes) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Long.toString(bytes));
        }
    }
}
