package org.spactor.runner.training;

import java.util.Comparator;
import java.util.Locale;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.environment.MachineMemory;

/** Refuses a model that the machine has not the memory for, before anything of it is allocated. */
final class MemoryCheck {
    private static final double GB = 1e9;

    private MemoryCheck() {}

    /**
     * Compares what a configuration needs with the machine.
     *
     * @throws TrainingException if it needs more than there is; the message has the estimate
     */
    static void require(SpactorConfiguration configuration, Components components, MachineMemory memory) {
        long least = Estimate.leastBytes(configuration, components);
        if (least > memory.forArrays()) {
            throw tooLarge("parameters, optimizer and gradients alone need " + gigabytes(least), memory);
        }
        Estimate estimate = Estimate.of(configuration, components);
        Estimate.Stage largest = estimate.stages().stream()
                .max(Comparator.comparingLong(Estimate.Stage::bytes))
                .orElseThrow();
        if (largest.bytes() > memory.forArrays()) {
            throw tooLarge(
                    "stage '" + largest.name() + "' needs about " + gigabytes(largest.bytes()) + " with "
                            + estimate.replicas() + " replicas",
                    memory);
        }
    }

    private static TrainingException tooLarge(String need, MachineMemory memory) {
        return new TrainingException("the model does not fit into memory: " + need + ", but there are "
                + gigabytes(memory.forArrays()) + " for arrays (" + gigabytes(memory.total())
                + " in all, of which the Java heap may take " + gigabytes(memory.heap()) + ").\n"
                + "A smaller model (architecture.options), a smaller training.batch-size, more training.accumulation or"
                + " fewer training.replicas need less; 'spactor estimate' tells how much");
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / GB);
    }
}
