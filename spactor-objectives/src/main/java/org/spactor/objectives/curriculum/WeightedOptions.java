package org.spactor.objectives.curriculum;

import java.util.List;
import org.spactor.api.component.Option;

/**
 * Options of the curriculum {@code weighted}.
 *
 * @param losses those that are learnt; empty: all of the objective, each with weight 1
 */
public record WeightedOptions(
        @Option(
                description = "Losses that are learnt, with their weights; empty: all of the objective, with weight 1",
                defaultValue = "")
        List<WeightedLoss> losses) {
    public WeightedOptions {
        losses = List.copyOf(losses);
    }
}
