package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Kernels in Java for arrays in the host's memory: one pass over the data where ND4J's operations need several. A tile of
 * a few thousand elements is copied into an array, worked on while it is in the first-level cache, and copied back.
 *
 * <p>Each method prepares a piece of work on arrays whose memory stays; the result is run again and again by one thread.
 */
public final class HostKernels {
    private HostKernels() {}

    /**
     * Scores [B, H, Tq, Tk] become probabilities, in place: softmax over the last side of score + bias + mask.
     *
     * @param bias [H, Tq, Tk], or null
     * @param keyTokens [B, Tk] INT32; keys whose token is 0 get the mask; or null
     * @param causal whether keys behind the query get the mask
     * @param mask what is added to a masked score
     */
    public static Runnable attentionSoftmax(
            INDArray scores, INDArray bias, INDArray keyTokens, boolean causal, float mask) {
        FloatBuffer biases = bias == null ? null : HostFloats.read(bias);
        IntBuffer tokens = keyTokens == null ? null : HostInts.read(keyTokens);
        return new AttentionSoftmax(HostFloats.read(scores), scores.shape(), biases, tokens, causal, mask);
    }

    /** gradient ← p ⊙ (gradient − Σ over the last side of gradient ⊙ p), for probabilities p of the same shape. */
    public static Runnable softmaxGradient(INDArray probabilities, INDArray gradient) {
        return new SoftmaxGradient(
                HostFloats.read(probabilities), HostFloats.read(gradient), (int) gradient.size(gradient.rank() - 1));
    }

    /** y ← gelu(gate) ⊙ value. */
    public static Runnable gatedGelu(INDArray gate, INDArray value, INDArray y) {
        return new GatedGelu(HostFloats.read(gate), HostFloats.read(value), HostFloats.read(y));
    }

    /** The gradients of gate and value, given the one of gelu(gate) ⊙ value. */
    public static Runnable gatedGeluGradient(
            INDArray gate, INDArray value, INDArray gradient, INDArray gateGradient, INDArray valueGradient) {
        return new GatedGeluGradient(
                HostFloats.read(gate),
                HostFloats.read(value),
                HostFloats.read(gradient),
                HostFloats.read(gateGradient),
                HostFloats.read(valueGradient));
    }

    /** y ← x · r ⊙ weight with r = (mean(x²) + ε)^−½ for each row. */
    public static Runnable rmsNorm(INDArray x, INDArray weight, INDArray y, INDArray inverse, double epsilon) {
        return new RmsNorm(
                HostFloats.read(x),
                HostFloats.read(weight),
                HostFloats.read(y),
                HostFloats.read(inverse),
                x.columns(),
                epsilon);
    }

    /** The gradients of x and weight, given the one of the norm. */
    public static Runnable rmsNormGradient(
            INDArray x,
            INDArray weight,
            INDArray inverse,
            INDArray gradient,
            INDArray xGradient,
            INDArray weightGradient) {
        return new RmsNormGradient(
                HostFloats.read(x),
                HostFloats.read(weight),
                HostFloats.read(inverse),
                HostFloats.read(gradient),
                HostFloats.read(xGradient),
                HostFloats.read(weightGradient));
    }

    /** sum ← Σ −log softmax(logits)[label] over the labels that are not ignored; softmax ← softmax(logits). */
    public static Runnable crossEntropy(INDArray logits, INDArray labels, INDArray softmax, INDArray sum, int ignored) {
        return new CrossEntropy(
                HostFloats.read(logits),
                HostInts.read(labels),
                HostFloats.read(softmax),
                HostFloats.read(sum),
                logits.columns(),
                ignored);
    }

    /**
     * ids ← one id for each row, drawn from softmax(logits / temperature).
     *
     * @param key [1] INT64, the key of the random numbers
     * @param salt tells the samplings of a graph apart
     */
    public static Runnable sample(INDArray logits, INDArray key, INDArray ids, double temperature, long salt) {
        return new CategoricalSampling(
                HostFloats.read(logits), HostInts.read(ids), logits.columns(), () -> key.getLong(0), salt, temperature);
    }

    /**
     * table[bucket] ← the sum of the gradients of the places that have this bucket.
     *
     * @param gradient [H, Tq, Tk]
     * @param buckets bucket of each place, [Tq · Tk]
     * @param table [buckets, H]
     */
    public static Runnable positionBiasGradient(INDArray gradient, int[] buckets, INDArray table) {
        int heads = (int) gradient.size(0);
        return new PositionBiasGradient(HostFloats.read(gradient), buckets, HostFloats.read(table), heads);
    }
}
