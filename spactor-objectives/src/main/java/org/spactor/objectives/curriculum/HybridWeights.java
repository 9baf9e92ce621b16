package org.spactor.objectives.curriculum;

import org.spactor.api.component.InvalidOptionException;

/**
 * The weights of the hybrid objective's losses: L = mlm · L_mlm + rtd · L_rtd + sc · L_sc.
 *
 * <p>Source: SpacTor-T5 (Ye et al., 2024) for the sum. Its weights, 1, 10 and 10, are quoted from memory and were not
 * checked against the paper; ELECTRA weighs L_rtd by 50 beside L_mlm, without an L_sc.
 *
 * @param mlm weight of masked language modelling, the generator's loss; at least 0
 * @param rtd weight of replaced token detection, the discriminator's loss; at least 0
 * @param sc weight of span corruption, the decoder's loss; at least 0
 */
public record HybridWeights(double mlm, double rtd, double sc) {
    /**
     * Weights of which at least one is above 0.
     *
     * @throws InvalidOptionException if there is none, or one is negative or not finite
     */
    public HybridWeights {
        check("mlm-weight", mlm);
        check("rtd-weight", rtd);
        check("sc-weight", sc);
        if (mlm == 0 && rtd == 0 && sc == 0) {
            throw new InvalidOptionException(
                    "sc-weight", sc + " leaves nothing to learn, since mlm-weight and rtd-weight are 0 too");
        }
    }

    /** These weights with those of the two losses that only the hybrid objective has multiplied by a factor. */
    HybridWeights fade(double factor) {
        return new HybridWeights(mlm * factor, rtd * factor, sc);
    }

    private static void check(String option, double weight) {
        if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new InvalidOptionException(option, weight + " is not within [0, inf)");
        }
    }
}
