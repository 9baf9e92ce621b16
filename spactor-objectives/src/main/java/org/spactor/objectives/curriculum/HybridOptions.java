package org.spactor.objectives.curriculum;

import org.spactor.api.component.Option;

/**
 * Options of the curriculum {@code hybrid}: its weights, see {@link HybridWeights}.
 *
 * @param mlmWeight weight of masked language modelling
 * @param rtdWeight weight of replaced token detection
 * @param scWeight weight of span corruption
 */
public record HybridOptions(
        @Option(
                description = WeightOptions.MLM,
                defaultValue = WeightOptions.MLM_DEFAULT,
                range = WeightOptions.RANGE,
                source = WeightOptions.SOURCE)
        double mlmWeight,

        @Option(
                description = WeightOptions.RTD,
                defaultValue = WeightOptions.RTD_DEFAULT,
                range = WeightOptions.RANGE,
                source = WeightOptions.SOURCE)
        double rtdWeight,

        @Option(
                description = WeightOptions.SC,
                defaultValue = WeightOptions.SC_DEFAULT,
                range = WeightOptions.RANGE,
                source = WeightOptions.SOURCE)
        double scWeight) {
    HybridWeights weights() {
        return new HybridWeights(mlmWeight, rtdWeight, scWeight);
    }
}
