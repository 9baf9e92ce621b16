package org.spactor.engine.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.plan.PlannedModel;
import org.spactor.engine.plan.Planner;

/** Measures losses and metrics on batches, without dropout and without learning; an instance for each replica. */
public final class Evaluator implements AutoCloseable {
    private final PlannedModel model;
    private final RoundedParameters parameters;
    private final Program[] programs;
    private final Workers workers;

    /**
     * An evaluator.
     *
     * @param planner where the plan comes from
     * @param batchSize examples of a batch, a multiple of the number of replicas
     * @param threads threads that share the work of a replica
     */
    public Evaluator(
            Set<String> losses,
            Planner planner,
            Backend backend,
            Parameters parameters,
            int batchSize,
            int replicas,
            int threads) {
        this.model = planner.evaluation(losses, batchSize / replicas);
        Plan plan = model.plan();
        this.parameters = new RoundedParameters(plan, parameters.tensors(), backend, replicas * threads);
        this.programs = new Program[replicas];
        for (int i = 0; i < replicas; i++) {
            programs[i] = backend.prepare(plan, this.parameters.tensors(), threads);
        }
        this.workers = new Workers(replicas);
    }

    /**
     * Mean of every loss and metric over some batches.
     *
     * @param seed of the random numbers of sampling: the same seed and batches give the same result
     * @throws IllegalArgumentException if a feature holds a number outside of its domain
     * @throws IllegalStateException if a loss's count is no number of tokens
     */
    public Evaluation evaluate(Iterable<? extends Examples> batches, long seed) {
        Means losses = new Means();
        Means metrics = new Means();
        long number = 0;
        parameters.update();
        for (Examples examples : batches) {
            Feeding.requireDomains(model, examples);
            int size = examples.batchSize() / programs.length;
            long key = CounterRandom.key(seed, "evaluation", number++);
            workers.each(replica -> {
                Examples part = examples.slice(replica * size, (replica + 1) * size);
                Program program = programs[replica];
                Feeding.feed(program, model, part);
                program.setInput(PlanNames.RANDOM_KEY, CounterRandom.bits(key, replica));
                program.run();
            });
            for (Program program : programs) {
                losses.addLosses(program, model.losses());
                metrics.add(program, model.metrics());
            }
        }
        return new Evaluation(losses.get(), metrics.get(), losses.uncounted());
    }

    /**
     * What was measured.
     *
     * @param losses means in nats a token, by name; absent where nothing was counted
     * @param metrics means by name; absent where nothing was counted
     * @param uncounted losses that counted nothing in all batches
     */
    public record Evaluation(Map<String, Double> losses, Map<String, Double> metrics, Set<String> uncounted) {
        public Evaluation {
            losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
            uncounted = Collections.unmodifiableSet(new LinkedHashSet<>(uncounted));
        }
    }

    /** The losses that are measured. */
    public Set<String> losses() {
        return model.losses();
    }

    /** What is executed on every replica. */
    public Plan plan() {
        return programs[0].plan();
    }

    @Override
    public void close() {
        workers.close();
        for (Program program : programs) {
            program.close();
        }
        parameters.close();
    }
}
