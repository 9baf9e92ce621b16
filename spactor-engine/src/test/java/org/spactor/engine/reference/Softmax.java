package org.spactor.engine.reference;

import java.util.Arrays;

/** exp(x) / Σ exp(x), and its gradient. */
final class Softmax {
    private Softmax() {}

    static double[] of(double[] scores) {
        double greatest = Arrays.stream(scores).max().orElseThrow();
        double[] probabilities = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = Math.exp(scores[i] - greatest);
            sum += probabilities[i];
        }
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    /** p ⊙ (g − Σ p ⊙ g), row by row. */
    static double[] gradient(double[] probabilities, double[] gradient, int columns) {
        double[] ofScores = new double[probabilities.length];
        for (int row = 0; row < probabilities.length; row += columns) {
            double sum = 0;
            for (int i = row; i < row + columns; i++) {
                sum += probabilities[i] * gradient[i];
            }
            for (int i = row; i < row + columns; i++) {
                ofScores[i] = probabilities[i] * (gradient[i] - sum);
            }
        }
        return ofScores;
    }
}
