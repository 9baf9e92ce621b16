package org.spactor.objectives.curriculum;

import org.spactor.api.component.Option;

/**
 * Options of the curriculum {@code two-stage}; for the weights see {@link HybridWeights}.
 *
 * @param switchFraction share of the steps that are hybrid, in [0, 1]
 * @param switchStep number of steps that are hybrid, or -1 to go by the share
 * @param mlmWeight weight of masked language modelling in the hybrid stage
 * @param rtdWeight weight of replaced token detection in the hybrid stage
 * @param scWeight weight of span corruption in the hybrid stage
 * @param finalScWeight weight of span corruption after it, or -1 for the same
 */
public record TwoStageOptions(
        @Option(
                description = "Share of the steps that are hybrid",
                defaultValue = "0.12",
                range = "[0, 1]",
                source = "SpacTor-T5, from memory: 120,000 of 1,000,000 steps")
        double switchFraction,

        @Option(
                description = "Number of steps that are hybrid; -1 goes by switch-fraction",
                defaultValue = "-1",
                range = "[-1, inf)")
        long switchStep,

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
        double scWeight,

        @Option(
                description = WeightOptions.FINAL_SC,
                defaultValue = WeightOptions.FINAL_SC_DEFAULT,
                range = WeightOptions.RANGE_OR_DEFAULT)
        double finalScWeight) {
    HybridWeights weights() {
        return new HybridWeights(mlmWeight, rtdWeight, scWeight);
    }
}
