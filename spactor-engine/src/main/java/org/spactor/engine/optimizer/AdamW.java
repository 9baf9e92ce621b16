package org.spactor.engine.optimizer;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.ParameterUpdate;
import org.spactor.engine.backend.Sums;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, <i>Decoupled weight decay regularization</i>, 2019) and, as an
 * option, Adafactor's scaling of each tensor's step by its root mean square, which makes it usable for T5 (Nawrot,
 * <i>nanoT5</i>, 2023).
 *
 * <p>m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; u = (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε); p ← p − η s u − η λ p, with
 * s = max(10⁻³, RMS(p)) before the update or 1, and λ only for tensors with at least two sides that are
 * no biases.
 */
public final class AdamW implements Optimizer {
    private static final String MEAN = "mean";
    private static final String SQUARES = "squares";
    private static final double SMALLEST_SCALE = 1e-3;
    private static final Pattern BIAS = Pattern.compile("(^|[._])bias([._]|$)");

    private final AdamWOptions options;

    /** An optimizer with these options. */
    public AdamW(AdamWOptions options) {
        this.options = options;
    }

    @Override
    public Map<String, long[]> slots(long[] shape) {
        return Map.of(MEAN, shape, SQUARES, shape);
    }

    @Override
    public void update(ParameterUpdate update) {
        FloatBuffer p = update.parameter();
        double meanCorrection = 1 - Math.pow(options.beta1(), update.step());
        double squaresCorrection = 1 - Math.pow(options.beta2(), update.step());
        double scale = options.rmsScaling() ? Math.max(SMALLEST_SCALE, rootMeanSquare(p)) : 1;
        Optional<AdamWGroup> group = ParameterGroup.of(update.name(), options.groups());
        double rate = update.learningRate()
                * group.map(AdamWGroup::learningRateFactor).orElse(1.0);
        double decay = decays(update)
                ? options.weightDecay()
                        * group.map(AdamWGroup::weightDecayFactor).orElse(1.0)
                : 0;
        // u = (m / c₁) / (√(v / c₂) + ε) = √c₂ / c₁ · m / (√v + ε √c₂)
        float stepSize = (float) (rate * scale * Math.sqrt(squaresCorrection) / meanCorrection);
        float epsilon = (float) (options.epsilon() * Math.sqrt(squaresCorrection));
        float kept = (float) (1 - rate * decay);
        Numbers numbers = new Numbers(
                (float) update.gradientScale(),
                (float) options.beta1(),
                (float) options.beta2(),
                stepSize,
                epsilon,
                kept);
        numbers.apply(p, update.gradient(), update.slot(MEAN), update.slot(SQUARES));
    }

    /** Norms and biases keep what they have: vectors, and tables of biases such as the relative attention bias. */
    private static boolean decays(ParameterUpdate update) {
        return update.shape().length > 1 && !BIAS.matcher(update.name()).find();
    }

    @Override
    public double learningRate() {
        return options.learningRate();
    }

    @Override
    public void requireParameters(Set<String> names) {
        ParameterGroup.requireParameters(options.groups(), names);
    }

    private static double rootMeanSquare(FloatBuffer p) {
        return Math.sqrt(Sums.ofSquares(p) / p.limit());
    }

    /** The numbers of one tensor's update. */
    private record Numbers(float gradientScale, float beta1, float beta2, float stepSize, float epsilon, float kept) {
        private static final int BLOCK = 2048;

        void apply(FloatBuffer parameter, FloatBuffer gradient, FloatBuffer mean, FloatBuffer squares) {
            float[] p = new float[BLOCK];
            float[] g = new float[BLOCK];
            float[] m = new float[BLOCK];
            float[] v = new float[BLOCK];
            int end = parameter.limit();
            for (int start = 0; start < end; start += BLOCK) {
                int length = Math.min(BLOCK, end - start);
                parameter.get(start, p, 0, length);
                gradient.get(start, g, 0, length);
                mean.get(start, m, 0, length);
                squares.get(start, v, 0, length);
                apply(p, g, m, v, length);
                parameter.put(start, p, 0, length);
                mean.put(start, m, 0, length);
                squares.put(start, v, 0, length);
            }
        }

        private void apply(float[] p, float[] g, float[] m, float[] v, int length) {
            float share1 = 1 - beta1;
            float share2 = 1 - beta2;
            for (int i = 0; i < length; i++) {
                float x = g[i] * gradientScale;
                m[i] = beta1 * m[i] + share1 * x;
                v[i] = beta2 * v[i] + share2 * x * x;
                p[i] = p[i] * kept - stepSize * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
            }
        }
    }
}
