package org.spactor.testkit;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.objective.Objective;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.compile.CompilingPlanner;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelFactory;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.optimizer.AdamW;
import org.spactor.engine.optimizer.AdamWOptions;
import org.spactor.engine.train.Evaluator;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.StepResult;
import org.spactor.engine.train.Trainer;
import org.spactor.engine.train.TrainerSettings;

/** A small training run on the product's backend, as the runner does it, without data files and checkpoints. */
final class Training implements AutoCloseable {
    private static final long SEED = 17;

    private final Set<String> losses;
    private final ModelFactory factory;
    private final Backend backend = Nd4jBackend.create();
    private final Parameters parameters;
    private final Optimizer optimizer;
    private final Trainer trainer;
    private final int batchSize;

    Training(Architecture architecture, Objective objective, Optimizer optimizer, Batch first) {
        this.losses = new LinkedHashSet<>(objective.losses());
        this.batchSize = first.batchSize();
        this.factory = (active, size, training) -> {
            ModelGraph graph = new ModelGraph(first.lengths(), first.vocabulary(), size, training);
            objective.build(graph, architecture, active);
            return graph;
        };
        ModelGraph everything = factory.declare(losses, batchSize, false);
        this.parameters =
                Parameters.initialized(backend, everything.parameters().values(), SEED);
        this.optimizer = optimizer;
        this.trainer = new Trainer(
                new TrainerSettings(batchSize, 1, 1, 1, 1.0, SEED),
                new CompilingPlanner(factory, new PlanCompiler()),
                backend,
                optimizer,
                parameters);
    }

    /** The optimizer that is used where a test is about something else. */
    static Optimizer adam() {
        return new AdamW(new AdamWOptions(0.01, 0.9, 0.999, 1e-8, 0, false, List.of()));
    }

    /** One step; what came of it before parameters were updated. */
    StepResult step(Batch batch, Map<String, Double> weights, long step, double factor) {
        return trainer.step(batch, weights, step, optimizer.learningRate() * factor);
    }

    /** The losses on a batch. */
    Map<String, Double> evaluate(Batch batch) {
        try (Evaluator evaluator = new Evaluator(
                losses, new CompilingPlanner(factory, new PlanCompiler()), backend, parameters, batchSize, 1, 1)) {
            return evaluator.evaluate(List.of(batch), SEED).losses();
        }
    }

    Parameters parameters() {
        return parameters;
    }

    /** Copies of everything that a checkpoint holds: parameters, and what the optimizer remembers. */
    Map<String, float[]> state() {
        Map<String, float[]> state = new LinkedHashMap<>();
        tensors().forEach((name, tensor) -> state.put(name, tensor.floats()));
        return state;
    }

    /** Goes on from a state. */
    void restore(Map<String, float[]> state) {
        tensors().forEach((name, tensor) -> tensor.write(0, FloatBuffer.wrap(state.get(name))));
    }

    private Map<String, DeviceTensor> tensors() {
        Map<String, DeviceTensor> tensors = new LinkedHashMap<>(parameters.tensors());
        trainer.slots()
                .forEach((parameter, slots) ->
                        slots.forEach((slot, tensor) -> tensors.put(parameter + "/" + slot, tensor)));
        return tensors;
    }

    @Override
    public void close() {
        trainer.close();
    }
}
