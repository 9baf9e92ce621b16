package org.spactor.objectives.curriculum;

import org.spactor.api.component.Option;

/**
 * Options of the curriculum {@code decay}: the weights it starts with, see {@link HybridWeights}.
 *
 * @param mlmWeight weight of masked language modelling at the first step
 * @param rtdWeight weight of replaced token detection at the first step
 * @param scWeight weight of span corruption, at every step
 */
public record DecayOptions(
        @Option(
                description = WeightOptions.MLM + ", at its first step",
                defaultValue = WeightOptions.MLM_DEFAULT,
                range = WeightOptions.RANGE,
                source = WeightOptions.SOURCE)
        double mlmWeight,

        @Option(
                description = WeightOptions.RTD + ", at its first step",
                defaultValue = WeightOptions.RTD_DEFAULT,
                range = WeightOptions.RANGE,
                source = WeightOptions.SOURCE)
        double rtdWeight,

        @Option(
                description = WeightOptions.SC,
                defaultValue = WeightOptions.SC_DEFAULT,
                range = "(0, inf)",
                source = WeightOptions.SOURCE)
        double scWeight) {
    HybridWeights weights() {
        return new HybridWeights(mlmWeight, rtdWeight, scWeight);
    }
}
