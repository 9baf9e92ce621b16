package org.spactor.objectives.curriculum;

import org.spactor.api.component.Option;

/**
 * Options of the curriculum {@code validation-plateau}; for the weights see {@link HybridWeights}.
 *
 * @param loss name of the validation loss that is watched
 * @param patience number of validations without improvement that end the hybrid stage
 * @param minimumImprovement what counts as an improvement, in nats
 * @param maximumFraction share of the steps after which the hybrid stage ends in any case, in [0, 1]
 * @param mlmWeight weight of masked language modelling in the hybrid stage
 * @param rtdWeight weight of replaced token detection in the hybrid stage
 * @param scWeight weight of span corruption in the hybrid stage
 * @param finalScWeight weight of span corruption after it, or -1 for the same
 */
public record ValidationPlateauOptions(
        @Option(description = "Validation loss that is watched, without the prefix loss.", defaultValue = "sc")
        String loss,

        @Option(
                description = "Number of validations without improvement that end the hybrid stage",
                defaultValue = "3",
                range = "[1, inf)")
        int patience,

        @Option(
                description = "Smallest fall of the loss that counts as an improvement, in nats",
                defaultValue = "0.01",
                range = "[0, inf)")
        double minimumImprovement,

        @Option(
                description = "Share of the steps after which the hybrid stage ends in any case",
                defaultValue = "0.5",
                range = "[0, 1]")
        double maximumFraction,

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
