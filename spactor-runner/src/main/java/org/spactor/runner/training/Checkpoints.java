package org.spactor.runner.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.storage.Tensor;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.Trainer;
import org.spactor.runner.checkpoint.Checkpoint;
import org.spactor.runner.checkpoint.CheckpointException;
import org.spactor.runner.checkpoint.CheckpointStore;
import org.spactor.runner.checkpoint.Manifest;
import org.spactor.runner.checkpoint.Retention;
import org.spactor.runner.checkpoint.TrainingState;

/** Puts a model's parameters and what its optimizer remembers into checkpoints, and gets them back from there. */
public final class Checkpoints {
    private final CheckpointStore store;
    private final Manifest.Origin origin;
    private final Retention retention;
    private final Parameters parameters;
    private final Trainer trainer;

    Checkpoints(
            CheckpointStore store,
            Manifest.Origin origin,
            Retention retention,
            Parameters parameters,
            Trainer trainer) {
        this.store = store;
        this.origin = origin;
        this.retention = retention;
        this.parameters = parameters;
        this.trainer = trainer;
    }

    /** What the checkpoints are written with. */
    public Manifest.Origin origin() {
        return origin;
    }

    /**
     * Writes a checkpoint and removes those that are not to be kept.
     *
     * @param warnings takes what could not be removed
     * @return its folder
     * @throws CheckpointException if it cannot be written, or a parameter is not finite, from which no run can go on;
     *     checkpoints written before stay
     */
    public Path write(TrainingState state, Consumer<String> warnings) {
        requireFinite(state.step());
        return store.write(state, origin, tensors(parameters.tensors()), tensors(slots()), retention, warnings);
    }

    /**
     * Sets the parameters and what the optimizer remembers to what a checkpoint has.
     *
     * @throws CheckpointException if they are not those of this model and optimizer; the message names the tensors
     */
    public void restore(Checkpoint checkpoint) {
        restore(parameters.tensors(), checkpoint.parameters(), "parameters of " + checkpoint.folder());
        restore(slots(), checkpoint.optimizer(), "optimizer of " + checkpoint.folder());
    }

    private void requireFinite(long step) {
        parameters.tensors().forEach((name, array) -> {
            FloatBuffer elements = array.host().elements();
            for (int i = 0; i < elements.limit(); i++) {
                if (!Float.isFinite(elements.get(i))) {
                    throw new CheckpointException("step " + step + ": parameter '" + name + "' is " + elements.get(i)
                            + " at element " + i + ", so that no checkpoint is written. " + LearningCheck.ADVICE + ". "
                            + store.newest()
                                    .map(path ->
                                            "The last good checkpoint is " + path + "; --resume goes on from there")
                                    .orElse("There is no checkpoint yet"));
                }
            }
        });
    }

    private Map<String, DeviceTensor> slots() {
        Map<String, DeviceTensor> arrays = new LinkedHashMap<>();
        // a parameter's slots are in no order of their own, but equal runs are to write equal files
        trainer.slots()
                .forEach((parameter, slots) ->
                        new TreeMap<>(slots).forEach((slot, array) -> arrays.put(parameter + "/" + slot, array)));
        return arrays;
    }

    private static List<Tensor> tensors(Map<String, DeviceTensor> arrays) {
        List<Tensor> tensors = new ArrayList<>();
        arrays.forEach((name, array) -> {
            ByteBuffer bytes = array.host().bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            tensors.add(new Tensor(name, "F32", array.shape(), bytes));
        });
        return tensors;
    }

    private static void restore(Map<String, DeviceTensor> arrays, Map<String, Tensor> tensors, String what) {
        Set<String> differing = new LinkedHashSet<>();
        arrays.forEach((name, array) -> {
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                differing.add(name + " is missing");
            } else if (!Arrays.equals(tensor.shape(), array.shape())
                    || !tensor.type().equals("F32")) {
                differing.add(name + " is " + tensor.type() + Arrays.toString(tensor.shape()) + ", not F32"
                        + Arrays.toString(array.shape()));
            }
        });
        tensors.keySet().stream()
                .filter(name -> !arrays.containsKey(name))
                .forEach(name -> differing.add(name + " is unknown"));
        if (!differing.isEmpty()) {
            throw new CheckpointException(
                    "the " + what + " are not those of this model:\n  " + String.join("\n  ", differing));
        }
        arrays.forEach((name, array) -> array.write(0, FloatBuffer.wrap(finite(tensors.get(name), what))));
    }

    /** Every step from numbers that are not finite would be skipped. */
    private static float[] finite(Tensor tensor, String what) {
        float[] elements = tensor.floats();
        for (int i = 0; i < elements.length; i++) {
            if (!Float.isFinite(elements[i])) {
                throw new CheckpointException("the " + what + " cannot be gone on from: tensor '" + tensor.name()
                        + "' is " + elements[i] + " at element " + i);
            }
        }
        return elements;
    }
}
