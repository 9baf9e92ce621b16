package org.spactor.runner.assembly;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.runner.component.ComponentCalls;

/**
 * A curriculum whose failures say that they are its. Its plans weigh losses that it declared and that the objective has;
 * weights of optional losses that the objective does not have are left out.
 */
final class GuardedCurriculum implements Curriculum {
    private final Curriculum curriculum;
    private final ComponentCalls calls;
    private final List<String> losses;
    private final Set<String> optionalLosses;
    private final Set<String> watches;
    private final Set<String> available;

    /** @param available the objective's losses */
    GuardedCurriculum(Curriculum curriculum, ComponentCalls calls, List<String> available) {
        this.curriculum = curriculum;
        this.calls = calls;
        this.available = new LinkedHashSet<>(available);
        this.losses = List.copyOf(names("losses()", curriculum::losses));
        this.optionalLosses = Set.copyOf(names("optionalLosses()", curriculum::optionalLosses));
        this.watches = Set.copyOf(names("watches()", curriculum::watches));
        calls.require(!losses.isEmpty(), "losses()", () -> "it names no loss, so there is nothing to learn");
    }

    private <T extends Collection<String>> T names(String what, Supplier<T> asked) {
        T names = calls.call(what, asked);
        calls.require(names != null, what, () -> "it returned null");
        for (String name : names) {
            calls.require(name != null, what, () -> "it names null");
        }
        return names;
    }

    @Override
    public List<String> losses() {
        return losses;
    }

    @Override
    public Set<String> optionalLosses() {
        return optionalLosses;
    }

    @Override
    public Set<String> watches() {
        return watches;
    }

    @Override
    public StepPlan at(Progress progress) {
        Supplier<String> what = () -> "at(step " + progress.step() + " of " + progress.totalSteps() + ")";
        StepPlan plan = calls.call(what, () -> curriculum.at(progress));
        calls.require(plan != null, what, () -> "it returned null instead of a plan");
        Set<String> active = plan.active();
        if (available.containsAll(active) && losses.containsAll(active) && !active.isEmpty()) {
            return plan;
        }
        return withoutOptional(plan, what);
    }

    private StepPlan withoutOptional(StepPlan plan, Supplier<String> what) {
        Map<String, Double> weights = new LinkedHashMap<>();
        plan.activeWeights().forEach((loss, weight) -> {
            calls.require(
                    losses.contains(loss),
                    what,
                    () -> "it weighs '" + loss + "', which is not among its losses() " + losses);
            if (available.contains(loss)) {
                weights.put(loss, weight);
            }
        });
        calls.require(
                !weights.isEmpty(),
                what,
                () -> "no loss has a weight above 0, so there is nothing to learn; it gave " + plan.weights()
                        + ", and the objective has " + new TreeSet<>(available));
        return new StepPlan(plan.stage(), weights);
    }
}
