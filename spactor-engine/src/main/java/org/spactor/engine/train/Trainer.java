package org.spactor.engine.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.ParameterUpdate;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.nd4j.Nd4jExecutable;
import org.spactor.engine.nd4j.host.HostFloats;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Profile;

/**
 * Turns batches into updated parameters.
 *
 * <p>Every replica has its own instance of the plan and its slice of the batch, and one thread or several that share its
 * work; parameters are shared by all. Gradients are summed in the order of the replicas, clipped by their global norm and handed to the optimizer, whose
 * tensors are spread over the threads. The result depends on the batch, the parameters and the numbers of replicas and
 * threads, never on timing.
 */
public final class Trainer implements AutoCloseable {
    private final TrainerSettings settings;
    private final ModelFactory factory;
    private final PlanCompiler compiler;
    private final Nd4jBackend backend;
    private final Optimizer optimizer;
    private final Parameters parameters;
    private final Map<String, Map<String, INDArray>> slots = new LinkedHashMap<>();
    private final List<List<String>> shards;
    private final Workers replicas;
    private final Workers updaters;
    private final PhaseTimes phases = new PhaseTimes();
    private ActivePlans active;
    /** Of each thread's shard, the parameters on which the active losses depend. */
    private List<List<String>> trained = List.of();

    /**
     * A trainer.
     *
     * @param factory declares the graphs
     * @param parameters all parameters that any of the losses needs
     */
    public Trainer(
            TrainerSettings settings,
            ModelFactory factory,
            PlanCompiler compiler,
            Nd4jBackend backend,
            Optimizer optimizer,
            Parameters parameters) {
        this.settings = settings;
        this.factory = factory;
        this.compiler = compiler;
        this.backend = backend;
        this.optimizer = optimizer;
        this.parameters = parameters;
        optimizer.requireParameters(parameters.specifications().keySet());
        for (ParameterSpecification specification : parameters.specifications().values()) {
            slots.put(specification.name(), slots(optimizer, specification));
        }
        this.shards = shards(parameters, settings.threads());
        this.replicas = new Workers(settings.replicas());
        this.updaters = new Workers(settings.threads());
    }

    private static Map<String, INDArray> slots(Optimizer optimizer, ParameterSpecification specification) {
        Map<String, long[]> shapes = optimizer.slots(specification.shape().clone());
        if (shapes == null) {
            throw new IllegalStateException("the optimizer's slots for '" + specification.name() + "' are null");
        }
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        shapes.forEach((slot, shape) -> {
            boolean sound =
                    slot != null && shape != null && Arrays.stream(shape).allMatch(side -> side >= 1);
            if (!sound) {
                throw new IllegalStateException("the optimizer's slot '" + slot + "' for '" + specification.name()
                        + "' cannot have the shape " + Arrays.toString(shape) + ": lengths are at least 1");
            }
            tensors.put(slot, Nd4j.zeros(DataType.FLOAT, shape));
        });
        return tensors;
    }

    /** Spreads the parameters over the threads so that each gets about as many elements. */
    private static List<List<String>> shards(Parameters parameters, int count) {
        List<ParameterSpecification> largestFirst =
                new ArrayList<>(parameters.specifications().values());
        largestFirst.sort(
                Comparator.comparingLong(ParameterSpecification::elements).reversed());
        List<List<String>> shards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shards.add(new ArrayList<>());
        }
        long[] elements = new long[count];
        for (ParameterSpecification specification : largestFirst) {
            int smallest = 0;
            for (int i = 1; i < count; i++) {
                smallest = elements[i] < elements[smallest] ? i : smallest;
            }
            shards.get(smallest).add(specification.name());
            elements[smallest] += specification.elements();
        }
        return shards;
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
                .mapToLong(INDArray::length)
                .sum();
        long plans = active == null
                ? 0
                : active.trainingPlan().bytes() * settings.replicas()
                        + active.trainingPlan().roundedParameterBytes();
        return (parameters.elements() + slotElements) * Float.BYTES + plans;
    }

    /** What the optimizer remembers, by parameter and slot. */
    public Map<String, Map<String, INDArray>> slots() {
        return Collections.unmodifiableMap(slots);
    }

    private void activate(Set<String> losses) {
        if (active != null && active.losses().equals(losses)) {
            return;
        }
        if (active != null) {
            active.close();
            active = null; // the new plans may fail
        }
        int replicaBatch = settings.batchSize() / settings.accumulation() / settings.replicas();
        active = new ActivePlans(
                ModelFactory.inOrder(losses),
                factory,
                compiler,
                backend,
                parameters,
                settings.replicas(),
                settings.threadsPerReplica(),
                settings.accumulation() > 1,
                replicaBatch);
        Set<String> results = active.trainingPlan().results().keySet();
        trained = shards.stream()
                .map(shard -> shard.stream()
                        .filter(name -> results.contains(PlanCompiler.gradientOf(name)))
                        .toList())
                .toList();
    }

    /** How many tokens each loss is a mean over: known before any replica starts, from the features alone. */
    private Map<String, Double> countTokens(Examples examples) {
        Map<String, Double> counts = new LinkedHashMap<>();
        Nd4jExecutable counting = active.counting();
        int parts = settings.accumulation() * settings.replicas();
        for (int part = 0; part < parts; part++) {
            Feeding.feed(counting, active.graph(), slice(examples, part, parts));
            counting.run();
            for (String loss : active.graph().losses().keySet()) {
                counts.merge(loss, Means.count(counting, loss), Double::sum);
            }
        }
        return counts;
    }

    /**
     * Computes the gradients of a whole batch: every replica adds up those of its share of the micro-batches, one after the
     * other, and in the end the replicas' are summed into the first one's.
     */
    private void computeGradients(
            Examples examples, Map<String, Double> weights, long step, Means losses, Means metrics) {
        Feeding.requireDomains(active.graph(), examples);
        Map<String, Double> counts = new LinkedHashMap<>();
        phases.time("count tokens", () -> counts.putAll(countTokens(examples)));
        phases.time("round parameters", () -> active.parameters().update(updaters));
        for (int microBatch = 0; microBatch < settings.accumulation(); microBatch++) {
            Examples part = slice(examples, microBatch, settings.accumulation());
            long randomKey = CounterRandom.key(settings.seed(), "dropout", step, microBatch);
            runReplicas(part, weights, counts, randomKey, microBatch > 0);
            for (int replica = 0; replica < settings.replicas(); replica++) {
                losses.addLosses(
                        active.training(replica), active.graph().losses().keySet());
                metrics.add(active.training(replica), active.graph().metrics().keySet());
            }
        }
        phases.time("sum over replicas", this::sumOverReplicas);
    }

    private void runReplicas(
            Examples examples,
            Map<String, Double> weights,
            Map<String, Double> counts,
            long randomKey,
            boolean accumulates) {
        replicas.each(replica -> {
            Nd4jExecutable executable = active.training(replica);
            Feeding.feed(executable, active.graph(), slice(examples, replica, settings.replicas()));
            counts.forEach((loss, count) -> executable.setInput(
                    ModelGraph.weightOf(loss), (float) (count > 0 ? weights.get(loss) / count : 0)));
            executable.setInput(ModelGraph.RANDOM_KEY, CounterRandom.bits(randomKey, replica));
            executable.run(accumulates);
        });
    }

    /** Sums the gradients into the first replica's; every thread does its shard. */
    private void sumOverReplicas() {
        if (settings.replicas() == 1) {
            return;
        }
        updaters.each(worker -> {
            for (String name : trained.get(worker)) {
                HostFloats sum = HostFloats.of(gradient(name));
                for (int replica = 1; replica < settings.replicas(); replica++) {
                    INDArray term = active.training(replica).result(PlanCompiler.gradientOf(name));
                    Sums.add(sum.elements(), HostFloats.read(term));
                }
                sum.commit();
            }
        });
    }

    private double gradientNorm() {
        Map<String, Double> squares = new ConcurrentHashMap<>();
        phases.time(
                "gradient norm",
                () -> updaters.each(worker -> {
                    for (String name : trained.get(worker)) {
                        squares.put(name, Sums.ofSquares(HostFloats.read(gradient(name))));
                    }
                }));
        // in the order of the parameters, whichever thread was first
        return Math.sqrt(parameters.specifications().keySet().stream()
                .mapToDouble(name -> squares.getOrDefault(name, 0.0))
                .sum());
    }

    private void updateParameters(long step, double learningRate, double norm) {
        boolean clips = settings.clipNorm() > 0 && norm > settings.clipNorm();
        double scale = clips ? settings.clipNorm() / norm : 1;
        phases.time(
                "optimizer",
                () -> updaters.each(worker -> {
                    for (String name : trained.get(worker)) {
                        update(name, step, learningRate, scale);
                    }
                }));
    }

    /** Hands the optimizer buffers made for this update, whose positions and limits are nobody else's. */
    private void update(String name, long step, double learningRate, double gradientScale) {
        HostFloats parameter = HostFloats.of(parameters.array(name));
        Map<String, HostFloats> tensors = new LinkedHashMap<>();
        Map<String, FloatBuffer> elements = new LinkedHashMap<>();
        slots.get(name).forEach((slot, tensor) -> {
            HostFloats floats = HostFloats.of(tensor);
            tensors.put(slot, floats);
            elements.put(slot, floats.elements());
        });
        optimizer.update(new ParameterUpdate(
                name,
                parameters.array(name).shape().clone(),
                parameter.elements(),
                HostFloats.read(gradient(name)).asReadOnlyBuffer(),
                Collections.unmodifiableMap(elements),
                step + 1,
                learningRate,
                gradientScale));
        parameter.commit();
        tensors.values().forEach(HostFloats::commit);
    }

    private INDArray gradient(String parameter) {
        return active.training(0).result(PlanCompiler.gradientOf(parameter));
    }

    private static Examples slice(Examples examples, int part, int parts) {
        int size = examples.batchSize() / parts;
        return parts == 1 ? examples : examples.slice(part * size, (part + 1) * size);
    }

    @Override
    public void close() {
        replicas.close();
        updaters.close();
        if (active != null) {
            active.close();
        }
    }
}
