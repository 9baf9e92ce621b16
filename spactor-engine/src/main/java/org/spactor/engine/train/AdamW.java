package org.spactor.engine.train;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.HostFloats;

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
    public void update(INDArray parameter, INDArray gradient, Map<String, INDArray> slots, Step step) {
        HostFloats p = HostFloats.of(parameter);
        HostFloats mean = HostFloats.of(slots.get(MEAN));
        HostFloats squares = HostFloats.of(slots.get(SQUARES));
        double meanCorrection = 1 - Math.pow(options.beta1(), step.number());
        double squaresCorrection = 1 - Math.pow(options.beta2(), step.number());
        double scale = options.rmsScaling() ? Math.max(SMALLEST_SCALE, rootMeanSquare(p.elements())) : 1;
        Optional<AdamWGroup> group = ParameterGroup.of(step.parameter(), options.groups());
        double rate =
                step.learningRate() * group.map(AdamWGroup::learningRateFactor).orElse(1.0);
        double decay = decays(parameter, step.parameter())
                ? options.weightDecay()
                        * group.map(AdamWGroup::weightDecayFactor).orElse(1.0)
                : 0;
        // u = (m / c₁) / (√(v / c₂) + ε) = √c₂ / c₁ · m / (√v + ε √c₂)
        float stepSize = (float) (rate * scale * Math.sqrt(squaresCorrection) / meanCorrection);
        float epsilon = (float) (options.epsilon() * Math.sqrt(squaresCorrection));
        float kept = (float) (1 - rate * decay);
        apply(
                p.elements(),
                HostFloats.read(gradient),
                mean.elements(),
                squares.elements(),
                (float) step.gradientScale(),
                stepSize,
                epsilon,
                kept);
        p.commit();
        mean.commit();
        squares.commit();
    }

    /** Norms and biases keep what they have: vectors, and tables of biases such as the relative attention bias. */
    private static boolean decays(INDArray parameter, String name) {
        return parameter.rank() > 1 && !BIAS.matcher(name).find();
    }

    @Override
    public List<? extends ParameterGroup> groups() {
        return options.groups();
    }

    private void apply(
            FloatBuffer p,
            FloatBuffer g,
            FloatBuffer mean,
            FloatBuffer squares,
            float gradientScale,
            float stepSize,
            float epsilon,
            float kept) {
        float beta1 = (float) options.beta1();
        float beta2 = (float) options.beta2();
        float share1 = (float) (1 - options.beta1());
        float share2 = (float) (1 - options.beta2());
        int length = p.limit();
        for (int i = 0; i < length; i++) {
            float gradient = g.get(i) * gradientScale;
            float m = beta1 * mean.get(i) + share1 * gradient;
            float v = beta2 * squares.get(i) + share2 * gradient * gradient;
            mean.put(i, m);
            squares.put(i, v);
            p.put(i, p.get(i) * kept - stepSize * m / ((float) Math.sqrt(v) + epsilon));
        }
    }

    private static double rootMeanSquare(FloatBuffer p) {
        return Math.sqrt(Sums.ofSquares(p) / p.limit());
    }
}
