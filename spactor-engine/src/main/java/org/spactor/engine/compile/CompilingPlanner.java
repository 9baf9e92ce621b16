package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.spactor.engine.graph.ModelFactory;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlannedFeature;
import org.spactor.engine.plan.PlannedModel;
import org.spactor.engine.plan.PlannedTraining;
import org.spactor.engine.plan.Planner;

/**
 * Declares a model and compiles it, whenever it is asked to.
 *
 * @param factory declares the graphs
 * @param compiler makes plans of them
 */
public record CompilingPlanner(ModelFactory factory, PlanCompiler compiler) implements Planner {
    @Override
    public PlannedTraining training(Set<String> losses, int batchSize, boolean accumulates) {
        ModelGraph graph = factory.declare(ModelFactory.inOrder(losses), batchSize, true);
        PlannedModel model = planned(graph, batchSize, compiler.training(graph, accumulates));
        return new PlannedTraining(model, compiler.counts(graph), accumulates);
    }

    @Override
    public PlannedModel evaluation(Set<String> losses, int batchSize) {
        ModelGraph graph = factory.declare(ModelFactory.inOrder(losses), batchSize, false);
        return planned(graph, batchSize, compiler.evaluation(graph));
    }

    private static PlannedModel planned(ModelGraph graph, int batchSize, Plan plan) {
        List<PlannedFeature> features = new ArrayList<>();
        graph.features()
                .forEach((feature, value) -> features.add(new PlannedFeature(
                        feature, Math.toIntExact(value.size(1)), graph.least(feature), graph.greatest(feature))));
        return new PlannedModel(
                plan,
                batchSize,
                features,
                graph.losses().keySet(),
                graph.metrics().keySet());
    }
}
