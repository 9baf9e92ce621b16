package org.spactor.runner.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.data.SegmentLength;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.optimizer.UpdateDeclaration;
import org.spactor.engine.plan.Plan;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.configuration.TrainingSettings;
import org.spactor.runner.device.DeviceName;

/**
 * What a configuration will cost, counted from the plans that would be executed, without training and without the memory
 * of the parameters. A curriculum that looks at validation results is asked as if there were none.
 *
 * @param parameters elements of all parameters
 * @param stages in their order
 * @param replicas threads
 */
public record Estimate(long parameters, List<Stage> stages, int replicas) {
    /**
     * Steps in a row with the same stage and the same active losses.
     *
     * @param name the curriculum's name for it
     * @param losses the active losses
     * @param steps number of steps
     * @param flopsPerStep floating-point operations in matrix products of a step, over all replicas
     * @param trained elements of the parameters that these losses train
     * @param bytes memory of parameters, gradients, optimizer and intermediate values of training and validation
     */
    public record Stage(String name, Set<String> losses, long steps, long flopsPerStep, long trained, long bytes) {}

    /** Estimates a configuration. */
    public static Estimate of(SpactorConfiguration configuration, Components components) {
        TrainingSettings settings = configuration.training();
        ModelDeclaration declaration = declaration(configuration, components);
        ModelGraph everything = declaration.declare(components.computed(), 1, false);
        long parameters = elements(everything);
        long slots = slotElements(everything, components.optimizer());
        int replicas = Replicas.count(settings, components.objective().comparesExamples());
        Map<Set<String>, Stage> costs = new HashMap<>();
        List<Stage> stages = new ArrayList<>();
        for (long step = 0; step < settings.steps(); step++) {
            StepPlan plan = components.curriculum().at(new Progress(step, settings.steps(), List.of()));
            Stage cost = costs.computeIfAbsent(
                    plan.active(),
                    active -> cost(
                            active,
                            components.validated(),
                            declaration,
                            settings,
                            replicas,
                            (parameters + slots) * Float.BYTES));
            append(stages, plan, cost);
        }
        return new Estimate(parameters, List.copyOf(stages), replicas);
    }

    /**
     * Memory that the first step needs at the very least, for parameters, optimizer and gradients, in bytes. Unlike an
     * estimate it needs no plan, which takes long to make for a model that is far too large.
     */
    static long leastBytes(SpactorConfiguration configuration, Components components) {
        TrainingSettings settings = configuration.training();
        ModelDeclaration declaration = declaration(configuration, components);
        StepPlan plan = components.curriculum().at(new Progress(0, settings.steps(), List.of()));
        ModelGraph everything = declaration.declare(components.computed(), 1, false);
        ModelGraph active = declaration.declare(plan.active(), 1, false);
        long gradients = elements(active)
                * Replicas.count(settings, components.objective().comparesExamples());
        return (elements(everything) + slotElements(everything, components.optimizer()) + gradients) * Float.BYTES;
    }

    private static ModelDeclaration declaration(SpactorConfiguration configuration, Components components) {
        SegmentLength segment = components.segmentLength(configuration.data().inputLength());
        return new ModelDeclaration(components, segment.lengths());
    }

    /** The losses that are learnt at one step or another. */
    public Set<String> learnt() {
        Set<String> learnt = new TreeSet<>();
        stages.forEach(stage -> learnt.addAll(stage.losses()));
        return learnt;
    }

    private static long elements(ModelGraph graph) {
        return graph.parameters().values().stream()
                .mapToLong(ParameterSpecification::elements)
                .sum();
    }

    /** Floating-point operations of the whole run. */
    public double flops() {
        double flops = 0;
        for (Stage stage : stages) {
            flops += (double) stage.flopsPerStep * stage.steps;
        }
        return flops;
    }

    private static Stage cost(
            Set<String> losses,
            Set<String> validationLosses,
            ModelDeclaration declaration,
            TrainingSettings settings,
            int replicas,
            long shared) {
        int batch = settings.batchSize() / settings.accumulation() / replicas;
        ModelGraph graph = declaration.declare(losses, batch, true);
        boolean onCard = settings.deviceName() instanceof DeviceName.Cuda;
        PlanCompiler compiler = new PlanCompiler(settings.compilerSettings().fusingAttention(onCard));
        Plan plan = compiler.training(graph, settings.accumulation() > 1);
        long trained = elements(graph);
        long flops = plan.flops() * replicas * settings.accumulation();
        long validation = validationBytes(losses, validationLosses, declaration, compiler, batch);
        long bytes = shared + plan.roundedParameterBytes() + (plan.bytes() + validation) * replicas;
        return new Stage("", losses, 0, flops, trained, bytes);
    }

    /** Memory of a replica's plans that validate: the clean one, and the stage's own if it has other losses. */
    private static long validationBytes(
            Set<String> losses,
            Set<String> validationLosses,
            ModelDeclaration declaration,
            PlanCompiler compiler,
            int batch) {
        long clean = compiler.evaluation(declaration.declare(validationLosses, batch, false))
                .bytes();
        boolean both = !validationLosses.containsAll(losses);
        return both
                ? clean
                        + compiler.evaluation(declaration.declare(losses, batch, false))
                                .bytes()
                : clean;
    }

    private static void append(List<Stage> stages, StepPlan plan, Stage cost) {
        int last = stages.size() - 1;
        boolean goesOn = last >= 0
                && stages.get(last).name().equals(plan.stage())
                && stages.get(last).losses().equals(plan.active());
        long steps = goesOn ? stages.remove(last).steps() + 1 : 1;
        stages.add(new Stage(plan.stage(), cost.losses(), steps, cost.flopsPerStep(), cost.trained(), cost.bytes()));
    }

    private static long slotElements(ModelGraph graph, Optimizer optimizer) {
        long elements = 0;
        for (ParameterSpecification parameter : graph.parameters().values()) {
            elements += UpdateDeclaration.of(optimizer, parameter.name(), parameter.shape())
                    .slotElements();
        }
        return elements;
    }
}
