package org.spactor.runner.training;

import java.util.Set;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.compile.CompilingPlanner;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Planner;
import org.spactor.engine.train.Evaluator;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.Trainer;
import org.spactor.engine.train.TrainerSettings;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.configuration.TrainingSettings;

/** An architecture with an objective on it, and its parameters. */
public final class Model {
    private final SpactorConfiguration configuration;
    private final Components components;
    private final int replicas;
    private final int threads;
    private final Planner planner;
    private final Backend backend;
    private final Parameters parameters;

    /**
     * A model with freshly initialised parameters.
     *
     * @param lengths length of every feature of the examples
     * @param backend where it lives and is trained
     */
    public Model(SpactorConfiguration configuration, Components components, FeatureLengths lengths, Backend backend) {
        this.backend = backend;
        this.configuration = configuration;
        this.components = components;
        ModelDeclaration declaration = new ModelDeclaration(components, lengths);
        this.replicas =
                Replicas.count(configuration.training(), components.objective().comparesExamples());
        this.threads = configuration.training().threadsPerReplica();
        this.planner = new CompilingPlanner(declaration, compiler(configuration.training()));
        ModelGraph everything = declaration.declare(components.computed(), 1, false);
        this.parameters = Parameters.initialized(
                backend, everything.parameters().values(), configuration.run().seed());
    }

    private PlanCompiler compiler(TrainingSettings settings) {
        if (settings.precision() == Precision.BFLOAT16 && !backend.takesBFloat16()) {
            throw new TrainingException("training.precision bfloat16: this machine has no instructions for it that "
                    + backend.productLibrary() + " uses (on x86-64: AVX512-BF16). Set training.precision to float32");
        }
        return new PlanCompiler(settings.compilerSettings().fusingAttention(backend.fusesAttention()));
    }

    /** All parameters that any of the run's losses needs. */
    public Parameters parameters() {
        return parameters;
    }

    /** Threads that each compute a share of the batch. */
    public int replicas() {
        return replicas;
    }

    /** Threads of all replicas. */
    public int threads() {
        return replicas * threads;
    }

    /**
     * What trains the parameters.
     *
     * @throws org.spactor.runner.configuration.problem.ConfigurationException if an option of the optimizer speaks of a
     *     parameter that is not there
     */
    public Trainer trainer() {
        components.requireParameters(parameters.specifications().keySet());
        TrainerSettings settings = new TrainerSettings(
                configuration.training().batchSize(),
                configuration.training().accumulation(),
                replicas,
                threads,
                configuration.training().clipNorm(),
                configuration.run().seed());
        return new Trainer(settings, planner, backend, components.optimizer(), parameters);
    }

    /** What measures some losses. Its batches are as large as a micro-batch of training. */
    public Evaluator evaluator(Set<String> losses) {
        int batchSize =
                configuration.training().batchSize() / configuration.training().accumulation();
        return new Evaluator(losses, planner, backend, parameters, batchSize, replicas, threads);
    }
}
