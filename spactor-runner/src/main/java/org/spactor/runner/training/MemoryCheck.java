package org.spactor.runner.training;

import java.util.Comparator;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.device.Room;

/** Refuses a model that the device has not the memory for, before anything of it is allocated. */
final class MemoryCheck {
    private MemoryCheck() {}

    /**
     * Compares what a configuration needs with the device.
     *
     * @throws TrainingException if it needs more than there is; the message has the estimate
     */
    static void require(SpactorConfiguration configuration, Components components, Room room) {
        long least = Estimate.leastBytes(configuration, components);
        if (least > room.bytes()) {
            throw tooLarge("parameters, optimizer and gradients alone need " + Room.gigabytes(least), room);
        }
        Estimate estimate = Estimate.of(configuration, components);
        Estimate.Stage largest = estimate.stages().stream()
                .max(Comparator.comparingLong(Estimate.Stage::bytes))
                .orElseThrow();
        if (largest.bytes() > room.bytes()) {
            throw tooLarge(
                    "stage '" + largest.name() + "' needs about " + Room.gigabytes(largest.bytes()) + " with "
                            + estimate.replicas() + " replicas",
                    room);
        }
    }

    private static TrainingException tooLarge(String need, Room room) {
        return new TrainingException("the model does not fit into memory: " + need + ", but there are "
                + room.description() + ".\n"
                + "A smaller model (architecture.options), a smaller training.batch-size, more training.accumulation or"
                + " fewer training.replicas need less; 'spactor estimate' tells how much");
    }
}
