package org.spactor.runner.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.spactor.api.corruption.Feature;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.data.Batch;
import org.spactor.data.BatchPipeline;
import org.spactor.engine.graph.GraphException;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.StepResult;
import org.spactor.engine.train.Trainer;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.checkpoint.Manifest;
import org.spactor.runner.checkpoint.PluginVersion;
import org.spactor.runner.checkpoint.Retention;
import org.spactor.runner.configuration.ConfigurationWriter;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.configuration.TrainingSettings;
import org.spactor.runner.device.OpenDevice;
import org.spactor.runner.environment.IoReason;
import org.spactor.runner.environment.SpactorVersion;

/** A run that is ready to go: data, model, trainer and everything the loop asks for. */
public final class Pretraining implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SpactorConfiguration configuration;
    private final TrainingData data;
    private final Components components;
    private final Model model;
    private final Trainer trainer;
    private final Validator validator;
    private final Checkpoints checkpoints;
    private final RunFolder folder;
    private final OpenDevice device;
    private final Map<Set<String>, Long> flops = new HashMap<>();

    Pretraining(
            SpactorConfiguration configuration,
            TrainingData data,
            Components components,
            Model model,
            RunFolder folder,
            List<PluginVersion> plugins,
            OpenDevice device) {
        this.device = device;
        this.configuration = configuration;
        this.folder = folder;
        this.data = data;
        this.components = components;
        this.model = model;
        this.trainer = model.trainer();
        this.validator = new Validator(
                model, components.validated(), data, configuration.run().seed());
        this.checkpoints =
                new Checkpoints(folder.checkpoints(), origin(plugins), retention(), model.parameters(), trainer);
    }

    private Manifest.Origin origin(List<PluginVersion> plugins) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("spactor", SpactorVersion.version());
        versions.put("java", Runtime.version().toString());
        return new Manifest.Origin(
                JSON.valueToTree(ConfigurationWriter.toTree(configuration)),
                settings().batchSize(),
                model.replicas(),
                new Manifest.Data(data.trainingTokens(), data.validationTokens(), data.sha256()),
                plugins,
                versions);
    }

    private Retention retention() {
        return new Retention(
                settings().keepCheckpoints(),
                (long) settings().keepEvery() * settings().checkpointEvery());
    }

    /** The keys under {@code training}. */
    public TrainingSettings settings() {
        return configuration.training();
    }

    /** What a user has to be told of the components. */
    public List<String> warnings() {
        return components.warnings();
    }

    /** What is trained on, for people. */
    public String device() {
        return device.description();
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

    /** Which objective it is, for messages. */
    String objective() {
        return components.objective().toString();
    }

    /**
     * Makes one step of training on a batch: forward, backward, sum over replicas, clip, update.
     *
     * @throws org.spactor.runner.component.ComponentFailure if the objective's graph turns out to be wrong
     */
    StepResult step(Batch batch, StepPlan plan, long step, double learningRate) {
        return objectiveIs(
                plan.active(), () -> trainer.step(new BatchExamples(batch), plan.activeWeights(), step, learningRate));
    }

    /** Measures losses on held-out text, in a stage of these losses. */
    Validator.Validation validate(Set<String> active) {
        return objectiveIs(active, () -> validator.validate(active));
    }

    /** Losses and metrics on held-out text as they are now, by the names of {@code metrics.jsonl}. */
    public Map<String, Double> validate() {
        return validate(components.validated()).measures();
    }

    /** A graph that cannot be computed is the objective's fault. */
    private <T> T objectiveIs(Set<String> active, Supplier<T> work) {
        try {
            return work.get();
        } catch (GraphException e) {
            throw components.objective().wrongGraph(active, e.getMessage());
        }
    }

    /** Where checkpoints go and come from. */
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /** A sentence about the newest checkpoint, for messages. */
    String lastCheckpoint() {
        return folder.checkpoints()
                .newest()
                .map(path -> "The last good checkpoint is " + path + "; --resume goes on from there")
                .orElse("There is no checkpoint yet");
    }

    /**
     * Keeps a batch that could not be trained on, as a file of tensors of whole numbers, [examples, length].
     *
     * @param step number of the batch, from 0
     * @return the file
     */
    Path saveForInspection(Batch batch, long step) {
        Path file = folder.path().resolve(String.format(Locale.ROOT, "batch-%08d.safetensors", step));
        List<Tensor> tensors = new ArrayList<>();
        for (Feature feature : batch.features()) {
            int[] values = batch.feature(feature);
            ByteBuffer bytes =
                    ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(values);
            long[] shape = {batch.batchSize(), batch.length(feature)};
            tensors.add(new Tensor(feature.toString(), "I32", shape, bytes));
        }
        try {
            Files.deleteIfExists(file); // a link would lead elsewhere
            Safetensors.write(file, tensors, Map.of("batch", Long.toString(step)));
            return file;
        } catch (IOException e) {
            throw new TrainingException(file + " cannot be written: " + IoReason.of(e), e);
        }
    }

    /** The batches from a step on, prepared ahead on a thread of their own. */
    BatchPipeline batches(long firstStep) {
        return new BatchPipeline(data.training()::batch, firstStep);
    }

    /** The learning rate of a step, counted from 0. */
    double learningRate(long step) {
        return components.optimizer().learningRate()
                * components.schedule().factor(step, settings().steps());
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
        model.parameters().close();
        device.close();
    }
}
