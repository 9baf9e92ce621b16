package org.spactor.runner.assembly;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Part;
import org.spactor.api.component.Names;
import org.spactor.api.graph.Graph;
import org.spactor.api.objective.Objective;
import org.spactor.runner.component.ComponentCalls;
import org.spactor.runner.component.ComponentFailure;

/** An objective whose failures say that they are its, and whose losses were looked at. */
public final class GuardedObjective implements Objective {
    private final Objective objective;
    private final ComponentCalls calls;
    private final List<String> losses;
    private final List<String> validationLosses;

    GuardedObjective(Objective objective, ComponentCalls calls) {
        this.objective = objective;
        this.calls = calls;
        this.losses = losses("losses()", objective::losses);
        this.validationLosses = losses("validationLosses()", objective::validationLosses);
        calls.require(
                losses.containsAll(validationLosses),
                "validationLosses()",
                () -> "it has " + validationLosses + ", which are not all among its losses " + losses);
    }

    private List<String> losses(String what, Supplier<List<String>> asked) {
        List<String> named = calls.call(what, asked);
        calls.require(named != null && !named.isEmpty(), what, () -> "it names no loss");
        named.forEach(name -> calls.run(what, () -> Names.requireKebabCase("loss", name)));
        calls.require(new HashSet<>(named).size() == named.size(), what, () -> "it names a loss twice: " + named);
        return List.copyOf(named);
    }

    @Override
    public List<String> losses() {
        return losses;
    }

    @Override
    public List<String> validationLosses() {
        return validationLosses;
    }

    @Override
    public Set<Class<? extends Part>> needs(Set<String> active) {
        String what = "needs(" + active + ")";
        Set<Class<? extends Part>> needs = calls.call(what, () -> objective.needs(active));
        calls.require(needs != null, what, () -> "it returned null");
        return needs;
    }

    @Override
    public boolean comparesExamples() {
        return calls.call("comparesExamples()", objective::comparesExamples);
    }

    @Override
    public void build(Graph graph, Architecture architecture, Set<String> active) {
        calls.run("build(" + active + ")", () -> objective.build(graph, architecture, active));
    }

    /** Says that a graph which it built is not as it has to be. */
    public ComponentFailure wrongGraph(Set<String> active, String wrong) {
        return calls.failure("build(" + active + ")", wrong);
    }

    @Override
    public String toString() {
        return calls.component().toString();
    }
}
