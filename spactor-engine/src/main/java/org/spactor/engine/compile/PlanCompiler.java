package org.spactor.engine.compile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.graph.Differentiation;
import org.spactor.engine.graph.GraphException;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;

/**
 * From a declared graph to a plan: differentiate, check, rewrite, place. Each stage is a class of its own:
 * {@link Differentiation}, {@link Lowering}, {@link Rewriting}, {@link Placement}.
 */
public final class PlanCompiler {
    private final CompilerSettings settings;

    /** A compiler with the standard settings. */
    public PlanCompiler() {
        this(CompilerSettings.STANDARD);
    }

    /** A compiler. */
    public PlanCompiler(CompilerSettings settings) {
        this.settings = settings;
    }

    /**
     * Losses, metrics and gradients of one batch. A parameter on which no loss depends has no gradient.
     *
     * @param accumulates whether runs may add their gradients to those of the run before
     */
    public Plan training(ModelGraph model, boolean accumulates) {
        Map<String, SDVariable> wanted = sumsAndCounts(model);
        Differentiation differentiation = Differentiation.of(model);
        Set<String> gradients = new LinkedHashSet<>();
        differentiation.gradients().forEach((name, gradient) -> {
            gradients.add(PlanNames.gradientOf(name));
            wanted.put(PlanNames.gradientOf(name), gradient);
        });
        Listing listing =
                lower(differentiation.graph(), wanted, model.parameters().keySet());
        if (settings.recompute() == Recompute.BLOCKS) {
            listing = Recomputation.ofBlocks(listing, gradients);
        }
        return Placement.place(accumulates ? GradientAccumulation.mark(listing, gradients) : listing);
    }

    /** Losses, metrics and gradients of one batch. */
    public Plan training(ModelGraph model) {
        return training(model, false);
    }

    /** Losses and metrics of one batch, without gradients. */
    public Plan evaluation(ModelGraph model) {
        return compile(
                model.sameDiff(), sumsAndCounts(model), model.parameters().keySet());
    }

    /**
     * Only the counts: the numbers of tokens over which the losses are means.
     *
     * @throws GraphException if one of them depends on anything but the features
     */
    public Plan counts(ModelGraph model) {
        Map<String, SDVariable> wanted = new LinkedHashMap<>();
        model.losses().forEach((name, loss) -> {
            SDVariable count = model.variable(loss.count());
            requireOfFeatures(name, count, model);
            wanted.put(PlanNames.countOf(name), count);
        });
        return compile(model.sameDiff(), wanted, model.parameters().keySet());
    }

    /** Counts are known before anything else is computed, and the same whatever the parameters are. */
    private static void requireOfFeatures(String loss, SDVariable count, ModelGraph model) {
        Listing listing = Lowering.lower(
                model.sameDiff(), Map.of(loss, count), model.parameters().keySet());
        Set<Value> read = new LinkedHashSet<>(listing.results().values());
        listing.nodes().forEach(node -> read.addAll(node.inputs()));
        for (Value value : read) {
            boolean random = value.name().equals(PlanNames.RANDOM_KEY);
            if (random || value.origin() instanceof Value.Origin.Parameter) {
                throw new GraphException("the count of the loss '" + loss + "' depends on "
                        + (random ? "random numbers" : "the parameter '" + value.name() + "'")
                        + ": what a loss is divided by has to be a function of the batch's features alone");
            }
        }
    }

    /**
     * Compiles any part of a graph.
     *
     * @param wanted variables to compute, by the name that the result gets
     * @param parameters names of the placeholders that are parameters
     */
    public Plan compile(SameDiff graph, Map<String, SDVariable> wanted, Set<String> parameters) {
        return Placement.place(lower(graph, wanted, parameters));
    }

    private Listing lower(SameDiff graph, Map<String, SDVariable> wanted, Set<String> parameters) {
        Listing rewritten = Rewriting.rewrite(Lowering.lower(graph, wanted, parameters), settings.precision());
        return settings.fusesAttention() ? FusedAttention.fuse(rewritten) : rewritten;
    }

    private static Map<String, SDVariable> sumsAndCounts(ModelGraph model) {
        Map<String, SDVariable> wanted = new LinkedHashMap<>();
        model.losses().forEach((name, loss) -> {
            wanted.put(PlanNames.sumOf(name), model.variable(loss.sum()));
            wanted.put(PlanNames.countOf(name), model.variable(loss.count()));
        });
        model.metrics().forEach((name, metric) -> {
            wanted.put(PlanNames.sumOf(name), model.variable(metric.sum()));
            wanted.put(PlanNames.countOf(name), model.variable(metric.count()));
        });
        return wanted;
    }
}
