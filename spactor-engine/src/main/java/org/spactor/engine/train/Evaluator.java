package org.spactor.engine.train;

import java.util.Map;
import java.util.Set;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.nd4j.Nd4jExecutable;
import org.spactor.engine.plan.Plan;

/** Measures losses and metrics on batches, without dropout and without learning; an instance for each replica. */
public final class Evaluator implements AutoCloseable {
    private final ModelGraph graph;
    private final Nd4jExecutable[] executables;
    private final Workers workers;

    /**
     * An evaluator.
     *
     * @param batchSize examples of a batch, a multiple of the number of replicas
     */
    public Evaluator(
            Set<String> losses,
            ModelFactory factory,
            PlanCompiler compiler,
            Nd4jBackend backend,
            Parameters parameters,
            int batchSize,
            int replicas) {
        this.graph = factory.declare(losses, batchSize / replicas, false);
        Plan plan = compiler.evaluation(graph);
        this.executables = new Nd4jExecutable[replicas];
        for (int i = 0; i < replicas; i++) {
            executables[i] = backend.prepare(plan, parameters.arrays());
        }
        this.workers = new Workers(replicas);
    }

    /** Mean of every loss over some batches, in nats a token, by name. */
    public Map<String, Double> losses(Iterable<? extends Examples> batches) {
        Means means = new Means();
        for (Examples examples : batches) {
            int size = examples.batchSize() / executables.length;
            workers.each(replica -> {
                Examples part = examples.slice(replica * size, (replica + 1) * size);
                graph.features()
                        .keySet()
                        .forEach(feature ->
                                executables[replica].setInput("feature." + feature.name(), part.feature(feature)));
                executables[replica].run();
            });
            for (Nd4jExecutable executable : executables) {
                means.add(executable, graph.losses().keySet());
            }
        }
        return means.get();
    }

    /** What is executed on every replica. */
    public Plan plan() {
        return executables[0].plan();
    }

    @Override
    public void close() {
        workers.close();
        for (Nd4jExecutable executable : executables) {
            executable.close();
        }
    }
}
