package org.spactor.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.nd4j.Nd4jExecutable;
import org.spactor.engine.plan.Plan;

/**
 * The plans of one set of active losses: the one that trains, with an instance for each replica, and the small one that
 * counts tokens, by which the losses of the whole batch are divided before any replica begins.
 */
final class ActivePlans implements AutoCloseable {
    private final Set<String> losses;
    private final ModelGraph graph;
    private final Plan trainingPlan;
    private final RoundedParameters parameters;
    private final List<Nd4jExecutable> training = new ArrayList<>();
    private final Nd4jExecutable counting;

    ActivePlans(
            Set<String> losses,
            ModelFactory factory,
            PlanCompiler compiler,
            Nd4jBackend backend,
            Parameters parameters,
            int replicas,
            int threads,
            boolean accumulates,
            int batchSize) {
        this.losses = losses;
        this.graph = factory.declare(losses, batchSize, true);
        this.trainingPlan = compiler.training(graph, accumulates);
        this.counting = backend.prepare(compiler.counts(graph), parameters.arrays());
        this.parameters = new RoundedParameters(trainingPlan, parameters, backend, replicas * threads);
        for (int i = 0; i < replicas; i++) {
            training.add(backend.prepare(trainingPlan, this.parameters.arrays(), threads));
        }
    }

    Set<String> losses() {
        return losses;
    }

    ModelGraph graph() {
        return graph;
    }

    /** What the training plans read of the parameters. */
    RoundedParameters parameters() {
        return parameters;
    }

    Plan trainingPlan() {
        return trainingPlan;
    }

    Nd4jExecutable training(int replica) {
        return training.get(replica);
    }

    Nd4jExecutable counting() {
        return counting;
    }

    @Override
    public void close() {
        training.forEach(Nd4jExecutable::close);
        counting.close();
        parameters.close();
    }
}
