package org.spactor.runner.configuration;

import java.util.OptionalInt;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.component.Option;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.runner.device.DeviceName;

/** The keys under {@code training}. */
public record TrainingSettings(
        @Option(description = "Number of optimizer steps", range = "[1, 100000000]")
        long steps,

        @Option(
                description = "Examples of an optimizer step, over all replicas and micro-batches",
                defaultValue = "128",
                range = "[1, inf)",
                source = "T5")
        int batchSize,

        @Option(
                description = "Number of micro-batches that a step's batch is computed in, to save memory",
                defaultValue = "1",
                range = "[1, inf)")
        int accumulation,

        @Option(
                description = "Number of threads that each compute a share of the batch, or 'auto': one a core",
                defaultValue = "auto")
        String replicas,

        @Option(description = "Number of threads inside each replica", defaultValue = "1", range = "[1, inf)")
        int threadsPerReplica,

        @Option(
                description = "Operands of matrix products: float32, or bfloat16 where the CPU has instructions for it."
                        + " Parameters, sums and everything else stay float32",
                defaultValue = "float32")
        Precision precision,

        @Option(
                description =
                        "What the backward pass computes again instead of keeping it in memory: nothing, or what is"
                                + " inside of blocks, for a third more computation",
                defaultValue = "none",
                source = "Chen et al. 2016")
        Recompute recompute,

        @Option(
                description = "Largest global norm of the gradient; what is longer is shortened to it. 0: any",
                defaultValue = "1.0",
                range = "[0, inf)")
        double clipNorm,

        @Option(description = "Steps between two lines of metrics", defaultValue = "10", range = "[1, inf)")
        int logEvery,

        @Option(
                description = "Steps between two validations. 0: only before the first and after the last step",
                defaultValue = "500",
                range = "[0, inf)")
        int validateEvery,

        @Option(
                description = "Steps between two checkpoints. 0: only at the end",
                defaultValue = "1000",
                range = "[0, inf)")
        int checkpointEvery,

        @Option(description = "Number of checkpoints kept, the newest", defaultValue = "3", range = "[1, inf)")
        int keepCheckpoints,

        @Option(
                description = "Besides, every so manyth checkpoint is kept for good. 0: none",
                defaultValue = "0",
                range = "[0, inf)")
        int keepEvery,

        @Option(
                description = "Steps in a row with a loss or gradient that is not finite, which are skipped, or with a"
                        + " loss that counts no token; one more stops the run",
                defaultValue = "10",
                range = "[0, inf)")
        int nonFiniteLimit,

        @Option(
                description =
                        "What the model is trained on: cpu, cuda (the first NVIDIA card), cuda:1 (the second one, …),"
                                + " or auto: a card if one can be used",
                defaultValue = "cpu")
        String device) {
    private static final String AUTO = "auto";

    public TrainingSettings {
        if (!replicas.equals(AUTO) && !isPositive(replicas)) {
            throw new InvalidOptionException(
                    "replicas", "'" + replicas + "' is neither 'auto' nor a whole number within [1, inf)");
        }
        DeviceName.parse(device);
    }

    /** What the compiler of plans needs to know. */
    public CompilerSettings compilerSettings() {
        return new CompilerSettings(precision, recompute);
    }

    /** What the model is trained on. */
    public DeviceName deviceName() {
        return DeviceName.parse(device);
    }

    /** These settings with a device. */
    public TrainingSettings withDevice(DeviceName name) {
        return with(replicas, name.toString());
    }

    /** These settings with a number of replicas. */
    public TrainingSettings withReplicas(int count) {
        return with(Integer.toString(count), device);
    }

    private TrainingSettings with(String otherReplicas, String otherDevice) {
        return new TrainingSettings(
                steps,
                batchSize,
                accumulation,
                otherReplicas,
                threadsPerReplica,
                precision,
                recompute,
                clipNorm,
                logEvery,
                validateEvery,
                checkpointEvery,
                keepCheckpoints,
                keepEvery,
                nonFiniteLimit,
                otherDevice);
    }

    /** The number of replicas asked for; empty if the runner is to choose. */
    public OptionalInt replicaCount() {
        return replicas.equals(AUTO) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(replicas));
    }

    private static boolean isPositive(String number) {
        try {
            return Integer.parseInt(number) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
