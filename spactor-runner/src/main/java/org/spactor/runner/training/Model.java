package org.spactor.runner.training;

import java.util.List;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.objective.Objective;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.train.Evaluator;
import org.spactor.engine.train.Optimizer;
import org.spactor.engine.train.ParameterGroup;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.Trainer;
import org.spactor.engine.train.TrainerSettings;
import org.spactor.runner.configuration.SpactorConfiguration;

/** An architecture with an objective on it, and its parameters. */
public final class Model {
    private final SpactorConfiguration configuration;
    private final ModelDeclaration declaration;
    private final int replicas;
    private final PlanCompiler compiler;
    private final Nd4jBackend backend = Nd4jBackend.create();
    private final Parameters parameters;

    /**
     * A model with freshly initialised parameters.
     *
     * @param lengths length of every feature of the examples
     */
    public Model(
            SpactorConfiguration configuration,
            Architecture architecture,
            Objective objective,
            FeatureLengths lengths) {
        this.configuration = configuration;
        this.declaration = new ModelDeclaration(architecture, objective, lengths);
        this.replicas = Replicas.count(configuration.training());
        this.compiler = new PlanCompiler(configuration.training().allowUnverifiedOperations());
        ModelGraph everything = declaration.declare(objective.losses(), 1, false);
        this.parameters = Parameters.initialized(
                everything.parameters().values(), configuration.run().seed());
    }

    /** All parameters that any of the objective's losses needs. */
    public Parameters parameters() {
        return parameters;
    }

    /** Threads that each compute a share of the batch. */
    public int replicas() {
        return replicas;
    }

    /**
     * What trains the parameters.
     *
     * @throws TrainingException if one of the optimizer's groups has no parameter
     */
    public Trainer trainer(Optimizer optimizer) {
        requireParameters(optimizer.groups());
        TrainerSettings settings = new TrainerSettings(
                configuration.training().batchSize(),
                configuration.training().accumulation(),
                replicas,
                configuration.training().clipNorm(),
                configuration.run().seed());
        return new Trainer(settings, declaration, compiler, backend, optimizer, parameters);
    }

    /** A group without parameters is a slip of the pen that nobody would notice. */
    private void requireParameters(List<? extends ParameterGroup> groups) {
        Set<String> names = parameters.specifications().keySet();
        List<String> empty = groups.stream()
                .filter(group -> names.stream().noneMatch(group::matches))
                .map(group -> "'" + group.parameters() + "'")
                .toList();
        if (!empty.isEmpty()) {
            throw new TrainingException("optimizer.options.groups: no parameter has a name like "
                    + String.join(" or ", empty) + ". The names are:\n  " + String.join("\n  ", names));
        }
    }

    /** What measures some losses. Its batches are as large as a micro-batch of training. */
    public Evaluator evaluator(Set<String> losses) {
        int batchSize =
                configuration.training().batchSize() / configuration.training().accumulation();
        return new Evaluator(losses, declaration, compiler, backend, parameters, batchSize, replicas);
    }
}
