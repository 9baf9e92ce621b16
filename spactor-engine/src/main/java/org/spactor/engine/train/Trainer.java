package org.spactor.engine.train;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.backend.Shares;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.optimizer.UpdateCompiler;
import org.spactor.engine.optimizer.UpdateDeclaration;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanBuilder;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.plan.Planner;
import org.spactor.engine.plan.Profile;

/**
 * Turns batches into updated parameters.
 *
 * <p>Every replica has its own instance of the plan and its slice of the batch, and one thread or several that share its
 * work; parameters are shared by all. Gradients are summed in the order of the replicas, clipped by their global norm and given
 * to the optimizer's update plans, of which every thread has a share. The result depends on the batch, the parameters and the numbers of replicas and
 * threads, never on timing.
 */
public final class Trainer implements AutoCloseable {
    private final TrainerSettings settings;
    private final Planner planner;
    private final Backend backend;
    private final Reducer reducer;
    private final Parameters parameters;
    private final Map<String, UpdateDeclaration> updates;
    private final Map<String, Map<String, DeviceTensor>> slots = new LinkedHashMap<>();
    private final List<List<String>> shards;
    private final Workers replicas;
    private final Workers updaters;
    private final PhaseTimes phases = new PhaseTimes();
    private ActivePlans active;
    /** Updates each thread's shard of the parameters on which the active losses depend. */
    private List<Program> updating = List.of();

    /** A trainer of a process that trains alone. */
    public Trainer(
            TrainerSettings settings, Planner planner, Backend backend, Optimizer optimizer, Parameters parameters) {
        this(settings, planner, backend, optimizer, parameters, Reducer.alone());
    }

    /**
     * A trainer.
     *
     * @param planner where the plans come from
     * @param parameters all parameters that any of the losses needs; of the backend
     * @param reducer the processes that train the same model
     */
    public Trainer(
            TrainerSettings settings,
            Planner planner,
            Backend backend,
            Optimizer optimizer,
            Parameters parameters,
            Reducer reducer) {
        this.settings = settings;
        this.planner = planner;
        this.backend = backend;
        this.parameters = parameters;
        this.reducer = reducer;
        optimizer.requireParameters(parameters.specifications().keySet());
        this.updates = declare(optimizer, parameters);
        updates.forEach((name, update) -> slots.put(name, slots(update)));
        this.shards = shards(parameters, settings.threads());
        this.replicas = new Workers(settings.replicas());
        this.updaters = new Workers(settings.threads());
    }

    private static Map<String, UpdateDeclaration> declare(Optimizer optimizer, Parameters parameters) {
        Map<String, UpdateDeclaration> updates = new LinkedHashMap<>();
        parameters
                .specifications()
                .forEach((name, parameter) ->
                        updates.put(name, UpdateDeclaration.of(optimizer, name, parameter.shape())));
        return updates;
    }

    private Map<String, DeviceTensor> slots(UpdateDeclaration update) {
        Map<String, DeviceTensor> tensors = new LinkedHashMap<>();
        update.slots().forEach((slot, shape) -> tensors.put(slot, backend.allocate(ElementType.FLOAT32, shape)));
        return tensors;
    }

    /** Spreads the parameters over the threads. */
    private static List<List<String>> shards(Parameters parameters, int count) {
        List<ParameterSpecification> specifications =
                List.copyOf(parameters.specifications().values());
        List<Long> elements =
                specifications.stream().map(ParameterSpecification::elements).toList();
        return Shares.of(elements, count).stream()
                .map(share -> share.stream()
                        .map(place -> specifications.get(place).name())
                        .toList())
                .toList();
    }

    /**
     * Makes one step of training. If a loss or a gradient is not finite, or no loss counts anything, nothing is updated.
     *
     * @param examples the whole batch
     * @param weights weight of every active loss
     * @param step number of the step, from 0
     * @param learningRate the optimizer's, times the schedule's factor
     * @throws IllegalArgumentException if a feature holds a number outside of its domain
     * @throws IllegalStateException if a loss's count is no number of tokens
     */
    public StepResult step(Examples examples, Map<String, Double> weights, long step, double learningRate) {
        activate(weights.keySet());
        Means losses = new Means();
        Means metrics = new Means();
        computeGradients(examples, weights, step, losses, metrics);
        StepResult result = new StepResult(losses.get(), metrics.get(), losses.uncounted(), gradientNorm());
        if (result.isFinite() && !result.losses().isEmpty()) {
            updateParameters(step, learningRate, result.gradientNorm());
        }
        return result;
    }

    /** The plan that computes these losses' gradients on one replica. */
    public Plan plan(Set<String> losses) {
        activate(losses);
        return active.trainingPlan();
    }

    /** Adds where the first replica's time went since the last call of this method. */
    public void addTimesTo(Profile profile) {
        active.training(0).addTimesTo(profile);
        phases.addTo(profile);
    }

    /** Computes the gradients of a batch, summed over the replicas, without updating anything; for benchmarks. */
    public void forwardBackward(Examples examples, Map<String, Double> weights) {
        activate(weights.keySet());
        computeGradients(examples, weights, 0, new Means(), new Means());
    }

    /** Memory of parameters, optimizer, gradients and intermediate values with the plan in use, in bytes. */
    public long bytes() {
        long slotElements = slots.values().stream()
                .flatMap(tensors -> tensors.values().stream())
                .mapToLong(DeviceTensor::elements)
                .sum();
        long plans = active == null
                ? 0
                : active.trainingPlan().bytes() * settings.replicas()
                        + active.trainingPlan().roundedParameterBytes();
        return (parameters.elements() + slotElements) * Float.BYTES + plans;
    }

    /** What the optimizer remembers, by parameter and slot. */
    public Map<String, Map<String, DeviceTensor>> slots() {
        return Collections.unmodifiableMap(slots);
    }

    private void activate(Set<String> losses) {
        if (active != null && active.losses().equals(losses)) {
            return;
        }
        closePlans(); // the new ones may fail
        int replicaBatch = settings.batchSize() / settings.accumulation() / settings.replicas();
        active = new ActivePlans(
                Set.copyOf(losses),
                planner.training(losses, replicaBatch, settings.accumulation() > 1),
                backend,
                parameters,
                settings.replicas(),
                settings.threadsPerReplica());
        updating = shards.stream().map(this::updating).toList();
    }

    private Program updating(List<String> shard) {
        PlanBuilder builder = new PlanBuilder();
        Map<String, DeviceTensor> tensors = new HashMap<>();
        for (String name : shard) {
            DeviceTensor gradient = active.gradients().get(name);
            if (gradient != null) {
                UpdateCompiler.add(updates.get(name), builder);
                tensors.put(UpdateCompiler.parameterOf(name), parameters.tensor(name));
                tensors.put(UpdateCompiler.gradientOf(name), gradient);
                slots.get(name).forEach((slot, tensor) -> tensors.put(UpdateCompiler.slotOf(name, slot), tensor));
            }
        }
        return backend.prepare(builder.build(), tensors);
    }

    /** How many tokens each loss is a mean over: known before any replica starts, from the features alone. */
    private Map<String, Double> countTokens(Examples examples) {
        Map<String, Double> counts = new LinkedHashMap<>();
        Program counting = active.counting();
        int parts = settings.accumulation() * settings.replicas();
        for (int part = 0; part < parts; part++) {
            Feeding.feed(counting, active.model(), slice(examples, part, parts));
            counting.run();
            for (String loss : active.model().losses()) {
                counts.merge(loss, Means.count(counting, loss), Double::sum);
            }
        }
        double[] numbers =
                counts.values().stream().mapToDouble(Double::doubleValue).toArray();
        reducer.sum(numbers);
        int at = 0;
        for (Map.Entry<String, Double> count : counts.entrySet()) {
            count.setValue(numbers[at++]);
        }
        return counts;
    }

    /**
     * Computes the gradients of a whole batch: every replica adds up those of its share of the micro-batches, one after the
     * other, and in the end the replicas' are summed into the first one's.
     */
    private void computeGradients(
            Examples examples, Map<String, Double> weights, long step, Means losses, Means metrics) {
        Feeding.requireDomains(active.model(), examples);
        Map<String, Double> counts = new LinkedHashMap<>();
        phases.time("count tokens", () -> counts.putAll(countTokens(examples)));
        phases.time("round parameters", () -> active.parameters().update());
        for (int microBatch = 0; microBatch < settings.accumulation(); microBatch++) {
            Examples part = slice(examples, microBatch, settings.accumulation());
            long randomKey = CounterRandom.key(settings.seed(), "dropout", step, microBatch);
            runReplicas(part, weights, counts, randomKey, microBatch > 0);
            for (int replica = 0; replica < settings.replicas(); replica++) {
                losses.addLosses(active.training(replica), active.model().losses());
                metrics.add(active.training(replica), active.model().metrics());
            }
        }
        phases.time("sum over replicas", active::sumOverReplicas);
        reducer.sum(active.gradients().values());
        losses.sumOver(reducer);
        metrics.sumOver(reducer);
    }

    private void runReplicas(
            Examples examples,
            Map<String, Double> weights,
            Map<String, Double> counts,
            long randomKey,
            boolean accumulates) {
        int firstReplica = reducer.rank() * settings.replicas();
        replicas.each(replica -> {
            Program executable = active.training(replica);
            Feeding.feed(executable, active.model(), slice(examples, replica, settings.replicas()));
            counts.forEach((loss, count) ->
                    executable.setInput(PlanNames.weightOf(loss), (float) (count > 0 ? weights.get(loss) / count : 0)));
            executable.setInput(PlanNames.RANDOM_KEY, CounterRandom.bits(randomKey, firstReplica + replica));
            executable.run(accumulates);
        });
    }

    private double gradientNorm() {
        double[] norm = new double[1];
        phases.time("gradient norm", () -> norm[0] = active.gradientNorm());
        return norm[0];
    }

    private void updateParameters(long step, double learningRate, double norm) {
        boolean clips = settings.clipNorm() > 0 && norm > settings.clipNorm();
        double scale = clips ? settings.clipNorm() / norm : 1;
        phases.time(
                "optimizer",
                () -> updaters.each(worker -> {
                    Program program = updating.get(worker);
                    program.setNumber(UpdateDeclaration.LEARNING_RATE, learningRate);
                    program.setNumber(UpdateDeclaration.STEP, step + 1);
                    program.setNumber(UpdateDeclaration.GRADIENT_SCALE, scale);
                    program.run();
                }));
    }

    private static Examples slice(Examples examples, int part, int parts) {
        int size = examples.batchSize() / parts;
        return parts == 1 ? examples : examples.slice(part * size, (part + 1) * size);
    }

    @Override
    public void close() {
        replicas.close();
        updaters.close();
        closePlans();
        slots.values().forEach(ofParameter -> ofParameter.values().forEach(DeviceTensor::close));
    }

    private void closePlans() {
        updating.forEach(Program::close);
        updating = List.of();
        if (active != null) {
            active.close();
            active = null;
        }
    }
}
