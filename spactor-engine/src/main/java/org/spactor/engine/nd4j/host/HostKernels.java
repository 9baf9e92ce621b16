package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Kernels in Java for arrays in the host's memory: one pass over the data where ND4J's operations need several. A tile of
 * a few thousand elements is copied into an array, worked on while it is in the first-level cache, and copied back.
 *
 * <p>Each method prepares a piece of work on arrays whose memory stays; the result is run again and again by one thread.
 */
public final class HostKernels {
    private HostKernels() {}

    /** x ← softmax(x), row by row. */
    public static Runnable softmax(FloatBuffer x, int columns) {
        return new Softmax(x, columns);
    }

    /** gradient ← p ⊙ (gradient − Σ gradient ⊙ p), row by row, for probabilities p. */
    public static Runnable softmaxGradient(FloatBuffer probabilities, FloatBuffer gradient, int columns) {
        return new SoftmaxGradient(probabilities, gradient, columns);
    }

    /**
     * Masks attention scores of one example.
     *
     * @param scores some heads
     * @param shape of the scores: [1, heads, Tq, Tk]
     * @param keyMask [B, Tk] INT32; keys where it is 0 get the mask added; or null
     * @param causal whether keys behind the query get the mask
     * @param prefix [B, Tk] INT32; keys where it is not 0 do not count as behind the query; or null
     * @param mask far below any score
     */
    public static Runnable scoreMask(
            FloatBuffer scores,
            long[] shape,
            INDArray keyMask,
            int example,
            boolean causal,
            INDArray prefix,
            float mask) {
        int keys = (int) shape[3];
        return new ScoreMask(
                scores,
                (int) shape[1],
                (int) shape[2],
                ofExample(keyMask, example, keys),
                causal,
                ofExample(prefix, example, keys),
                keys,
                mask);
    }

    private static IntBuffer ofExample(INDArray array, int example, int length) {
        return array == null ? null : HostInts.read(array).slice(example * length, length);
    }

    /**
     * kept ← x where dropout keeps it, times 1/(1 − rate), else 0; kept may be x.
     *
     * @param key [1] INT64, the key of the random numbers
     * @param salt tells the dropouts of a graph apart
     * @param first number of the first element among those that dropout counts
     */
    public static Runnable dropout(FloatBuffer x, FloatBuffer kept, INDArray key, double rate, long salt, long first) {
        return new DropoutElements(x, kept, () -> key.getLong(0), rate, salt, first);
    }

    /** total ← x the first time, total + x else. */
    public static Runnable sum(FloatBuffer x, FloatBuffer total, boolean first) {
        return first ? () -> total.put(0, x, 0, total.limit()) : new Addition(total, x, total);
    }

    /** Some elements of y ← gelu(gate) ⊙ value. */
    public static Runnable gatedGelu(INDArray gate, INDArray value, INDArray y, Slice elements) {
        return new GatedGelu(floats(gate, elements), floats(value, elements), floats(y, elements));
    }

    /** Some elements of the gradients of gate and value, given the one of gelu(gate) ⊙ value. */
    public static Runnable gatedGeluGradient(
            INDArray gate,
            INDArray value,
            INDArray gradient,
            INDArray gateGradient,
            INDArray valueGradient,
            Slice elements) {
        return new GatedGeluGradient(
                floats(gate, elements),
                floats(value, elements),
                floats(gradient, elements),
                floats(gateGradient, elements),
                floats(valueGradient, elements));
    }

    /** Some elements of z ← x + y. */
    public static Runnable add(INDArray x, INDArray y, INDArray z, Slice elements) {
        return new Addition(floats(x, elements), floats(y, elements), floats(z, elements));
    }

    /** Some rows of y ← x · r ⊙ weight with r = (mean(x²) + ε)^−½ for each row. */
    public static Runnable rmsNorm(
            INDArray x, INDArray weight, INDArray y, INDArray inverse, double epsilon, Slice rows) {
        int columns = x.columns();
        return new RmsNorm(
                floats(x, rows.times(columns)),
                HostFloats.read(weight),
                floats(y, rows.times(columns)),
                floats(inverse, rows),
                columns,
                epsilon);
    }

    /**
     * Some rows of the gradient of x, given the one of the norm, and these rows' share of the gradient of the weight.
     *
     * @param addend what is added to the gradient of x, of its shape; or null
     * @param weightGradient [d]
     */
    public static Runnable rmsNormGradient(
            INDArray x,
            INDArray weight,
            INDArray inverse,
            INDArray gradient,
            INDArray addend,
            INDArray xGradient,
            FloatBuffer weightGradient,
            Slice rows) {
        Slice elements = rows.times(x.columns());
        return new RmsNormGradient(
                floats(x, elements),
                HostFloats.read(weight),
                floats(inverse, rows),
                floats(gradient, elements),
                addend == null ? null : floats(addend, elements),
                floats(xGradient, elements),
                weightGradient);
    }

    /**
     * Some rows of softmax ← softmax(logits), and sum ← their Σ −log softmax(logits)[label] over the labels that are not
     * ignored.
     *
     * @param sum one element
     */
    public static Runnable crossEntropy(
            INDArray logits, INDArray labels, INDArray softmax, FloatBuffer sum, int ignored, Slice rows) {
        int columns = logits.columns();
        return new CrossEntropy(
                floats(logits, rows.times(columns)),
                HostInts.read(labels).slice(rows.from(), rows.length()),
                floats(softmax, rows.times(columns)),
                sum,
                true,
                columns,
                ignored);
    }

    /** Some rows of softmax ← softmax(logits), and losses ← −log softmax(logits)[label], 0 where the label is ignored. */
    public static Runnable tokenCrossEntropy(
            INDArray logits, INDArray labels, INDArray softmax, INDArray losses, int ignored, Slice rows) {
        int columns = logits.columns();
        return new CrossEntropy(
                floats(logits, rows.times(columns)),
                HostInts.read(labels).slice(rows.from(), rows.length()),
                floats(softmax, rows.times(columns)),
                floats(losses, rows),
                false,
                columns,
                ignored);
    }

    /** Some rows of result ← log Σ exp(x). */
    public static Runnable logSumExp(INDArray x, INDArray result, Slice rows) {
        int columns = x.columns();
        return new LogSumExp(floats(x, rows.times(columns)), floats(result, rows), columns);
    }

    /** Some rows of result ← gradient · exp(x − logarithm), with one logarithm and one gradient for each row. */
    public static Runnable logSumExpGradient(
            INDArray x, INDArray logarithm, INDArray gradient, INDArray result, Slice rows) {
        int columns = x.columns();
        return new LogSumExpGradient(
                floats(x, rows.times(columns)),
                floats(logarithm, rows),
                floats(gradient, rows),
                floats(result, rows.times(columns)),
                columns);
    }

    /**
     * result ← tokens with values at some positions; the last of several that are the same counts, −1 is none.
     *
     * @param tokens [B, T] INT32
     * @param positions [B, M] INT32
     * @param values [B, M] INT32
     */
    public static Runnable replaceTokens(INDArray tokens, INDArray positions, INDArray values, INDArray result) {
        return new TokenReplacement(
                HostInts.read(tokens),
                HostInts.read(positions),
                HostInts.read(values),
                HostInts.read(result),
                (int) tokens.size(1),
                (int) positions.size(1));
    }

    /**
     * Some of the ids ← one id for each row, drawn from softmax(logits / temperature).
     *
     * @param key [1] INT64, the key of the random numbers
     * @param salt tells the samplings of a graph apart
     */
    public static Runnable sample(
            INDArray logits, INDArray key, INDArray ids, double temperature, long salt, Slice rows) {
        return new CategoricalSampling(
                HostFloats.read(logits),
                HostInts.read(ids),
                logits.columns(),
                () -> key.getLong(0),
                salt,
                temperature,
                rows);
    }

    /**
     * table[bucket] ← the sum of the gradients of the places that have this bucket, in some heads.
     *
     * @param gradient [H, Tq, Tk]
     * @param buckets bucket of each place, [Tq · Tk]
     * @param table [buckets, H]
     * @param accumulates whether to add to what is there
     */
    public static Runnable positionBiasGradient(
            INDArray gradient, int[] buckets, INDArray table, Slice heads, BooleanSupplier accumulates) {
        return new PositionBiasGradient(
                HostFloats.read(gradient), buckets, HostFloats.read(table), (int) gradient.size(0), heads, accumulates);
    }

    /** Some rows of result ← gradient · (softmax − [label]), 0 where the label is ignored. */
    public static Runnable crossEntropyGradient(
            INDArray softmax, INDArray labels, INDArray gradient, INDArray result, int ignored, Slice rows) {
        int columns = softmax.columns();
        return new CrossEntropyGradient(
                floats(softmax, rows.times(columns)),
                HostInts.read(labels).slice(rows.from(), rows.length()),
                HostFloats.read(gradient),
                0,
                floats(result, rows.times(columns)),
                columns,
                ignored);
    }

    /** The same with a gradient for each row. */
    public static Runnable tokenCrossEntropyGradient(
            INDArray softmax, INDArray labels, INDArray gradient, INDArray result, int ignored, Slice rows) {
        int columns = softmax.columns();
        return new CrossEntropyGradient(
                floats(softmax, rows.times(columns)),
                HostInts.read(labels).slice(rows.from(), rows.length()),
                floats(gradient, rows),
                1,
                floats(result, rows.times(columns)),
                columns,
                ignored);
    }

    /**
     * In some columns, table[ids[i]] += rows[i], one after the other.
     *
     * @param table [V, d]
     * @param ids [N] INT32
     * @param rows [N, d]
     */
    public static Runnable addRows(INDArray table, INDArray ids, INDArray rows, Slice columns) {
        int all = (int) ids.length();
        return new RowAddition(
                HostFloats.read(table), HostInts.read(ids), HostFloats.read(rows), table.columns(), 0, all, columns);
    }

    /**
     * In some columns, x[b, positions[b, i]] += rows[b, i], one after the other; −1 is no position.
     *
     * @param x [B, T, d]
     * @param positions [B, M] INT32
     * @param rows [B, M, d]
     */
    public static Runnable addRowsAt(INDArray x, INDArray positions, INDArray rows, Slice columns) {
        return new RowAddition(
                HostFloats.read(x),
                HostInts.read(positions),
                HostFloats.read(rows),
                (int) x.size(2),
                (int) x.size(1),
                (int) positions.size(1),
                columns);
    }

    /**
     * Some heads of bias[head, place] ← table[bucket of the place, head].
     *
     * @param table [buckets, H]
     * @param buckets bucket of each place, [Tq · Tk]
     * @param bias [H, Tq, Tk]
     */
    public static Runnable positionBias(INDArray table, int[] buckets, INDArray bias, Slice heads) {
        return new PositionBias(HostFloats.read(table), buckets, HostFloats.read(bias), (int) bias.size(0), heads);
    }

    /** total ← the sum of the threads' shares, and of what is there if so said. */
    public static Runnable sumOfShares(FloatBuffer[] shares, INDArray total, BooleanSupplier accumulates) {
        return new SumOfShares(shares, HostFloats.read(total), accumulates);
    }

    /** Some elements of total ← x, or total + x if so said. */
    public static Runnable accumulate(INDArray x, INDArray total, Slice elements, BooleanSupplier accumulates) {
        Runnable add = sum(floats(x, elements), floats(total, elements), false);
        Runnable put = sum(floats(x, elements), floats(total, elements), true);
        return () -> (accumulates.getAsBoolean() ? add : put).run();
    }

    private static FloatBuffer floats(INDArray array, Slice elements) {
        return HostFloats.read(array).slice(elements.from(), elements.length());
    }
}
