package org.spactor.runner.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.spactor.engine.storage.Tensor;

/**
 * A program that does nothing but write checkpoints, one after the other, until it is killed. What is in them follows from
 * their step.
 */
public final class CheckpointWriter {
    private static final int ELEMENTS = 50_000;
    private static final Manifest.Origin ORIGIN = new Manifest.Origin(
            JsonNodeFactory.instance.objectNode(), 8, 2, new Manifest.Data(1, 1, "0".repeat(64)), List.of(), Map.of());

    private CheckpointWriter() {}

    /** Goes on behind the newest checkpoint in the folder that is its first argument. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        CheckpointStore store = new CheckpointStore(folder);
        long step = store.newest().map(store::read).map(CheckpointWriter::check).orElse(0L);
        while (true) {
            step++;
            TrainingState state = new TrainingState(step, step * 10, step * 100, "stage", List.of(), 0, 0);
            store.write(
                    state,
                    ORIGIN,
                    tensors(step, "parameter"),
                    tensors(-step, "slot"),
                    new Retention(2, 10),
                    warning -> {});
            Files.writeString(folder.resolve("written"), "some");
        }
    }

    /** Checks that a checkpoint has what was written into it, and gives its step. */
    static long check(Checkpoint checkpoint) {
        long step = checkpoint.state().step();
        require(checkpoint.parameters(), "parameter", step);
        require(checkpoint.optimizer(), "slot", -step);
        return step;
    }

    private static void require(Map<String, Tensor> tensors, String name, long value) {
        for (float element : tensors.get(name).floats()) {
            if (element != value) {
                throw new IllegalStateException(name + " has " + element + " instead of " + value);
            }
        }
    }

    private static List<Tensor> tensors(long value, String name) {
        ByteBuffer bytes = ByteBuffer.allocate(ELEMENTS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) value);
        }
        return List.of(new Tensor(name, "F32", new long[] {ELEMENTS}, bytes.flip()));
    }
}
