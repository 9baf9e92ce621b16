package org.spactor.runner.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.data.BatchPipeline;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.Trainer;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.configuration.TrainingSettings;

/** A run that is ready to go: data, model, trainer and everything the loop asks for. */
public final class Pretraining implements AutoCloseable {
    private final SpactorConfiguration configuration;
    private final TrainingData data;
    private final Components components;
    private final Model model;
    private final Trainer trainer;
    private final Validator validator;
    private final Checkpoints checkpoints;
    private final Map<Set<String>, Long> flops = new HashMap<>();

    Pretraining(
            SpactorConfiguration configuration,
            TrainingData data,
            Components components,
            Model model,
            RunFolder folder) {
        this.configuration = configuration;
        this.data = data;
        this.components = components;
        this.model = model;
        this.trainer = model.trainer(components.optimizer());
        this.validator = new Validator(
                model,
                components.objective().validationLosses(),
                data,
                configuration.run().seed());
        this.checkpoints = new Checkpoints(folder, configuration, model.parameters(), trainer);
    }

    /** The keys under {@code training}. */
    public TrainingSettings settings() {
        return configuration.training();
    }

    /** What is read. */
    public TrainingData data() {
        return data;
    }

    /** The parameters. */
    public Parameters parameters() {
        return model.parameters();
    }

    /** Threads that each compute a share of the batch. */
    public int replicas() {
        return model.replicas();
    }

    /** What decides what every step minimises. */
    Curriculum curriculum() {
        return components.curriculum();
    }

    /** What updates the parameters. */
    Trainer trainer() {
        return trainer;
    }

    /** Where checkpoints go. */
    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** The batches from a step on, prepared ahead on a thread of their own. */
    BatchPipeline batches(long firstStep) {
        return new BatchPipeline(data.training()::batch, firstStep);
    }

    /** The learning rate of a step, counted from 0. */
    double learningRate(long step) {
        return components.learningRate()
                * components.schedule().factor(step, settings().steps());
    }

    /** What measures losses on held-out text. */
    Validator validator() {
        return validator;
    }

    /** Floating-point operations in matrix products of a step with these losses, over all replicas. */
    public long flopsPerStep(Set<String> losses) {
        return flops.computeIfAbsent(
                losses,
                active -> trainer.plan(active).flops()
                        * model.replicas()
                        * settings().accumulation());
    }

    /** Memory of parameters, gradients, optimizer and intermediate values in the first step, in bytes. */
    public long bytes() {
        trainer.plan(firstStep().active());
        return trainer.bytes() + validator.bytes() * model.replicas();
    }

    /** What the curriculum makes of the first step. */
    public StepPlan firstStep() {
        return curriculum().at(new Progress(0, settings().steps(), List.of()));
    }

    @Override
    public void close() {
        trainer.close();
        validator.close();
    }
}
