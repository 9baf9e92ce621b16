package org.spactor.example;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;

/**
 * Hands over from some losses to others along half a cosine: with x the share of the hand-over that is done, the former
 * weigh w · ½(1 + cos πx) and the latter w · ½(1 − cos πx). Afterwards only the latter are left, and what the former need
 * is not computed any more.
 *
 * <p>Source: the curve is that of Loshchilov and Hutter, <i>SGDR</i>, 2017; SpacTor-T5 (Ye et al., 2024) hands over at once.
 *
 * @param from weights of the losses that end
 * @param to weights of the losses that begin
 * @param share share of the run's steps that the hand-over takes, in (0, 1]
 */
record CosineHandOver(Map<String, Double> from, Map<String, Double> to, double share) implements Curriculum {
    @Override
    public List<String> losses() {
        Set<String> losses = new LinkedHashSet<>(from.keySet());
        losses.addAll(to.keySet());
        return List.copyOf(losses);
    }

    @Override
    public StepPlan at(Progress progress) {
        // the middle of the step: at both of its ends the weight of one side may be 0
        double done = (progress.step() + 0.5) / (share * progress.totalSteps());
        if (done >= 1) {
            return new StepPlan("handed-over", to);
        }
        double left = (1 + Math.cos(Math.PI * done)) / 2;
        Map<String, Double> weights = new LinkedHashMap<>();
        from.forEach((loss, weight) -> weights.put(loss, weight * left));
        to.forEach((loss, weight) -> weights.merge(loss, weight * (1 - left), Double::sum));
        return new StepPlan("hand-over", weights);
    }
}
