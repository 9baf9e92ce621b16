package org.spactor.api.graph;

import org.apiguardian.api.API;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.api.corruption.Feature;

/**
 * A SameDiff graph under construction, and the operations that networks and objectives are built from. Each of them has
 * a verified gradient and a fast kernel, which cannot be said of every operation of SameDiff; the plain ones that are
 * verified too (add, sub, mul, reshape, permute, concat, tanh, …) may be used on the variables directly, and the engine
 * refuses a graph that uses another one.
 *
 * <p>Shapes: B examples, T tokens, d width, V vocabulary. All shapes are fixed when the graph is compiled. Floating-point
 * values are float32, ids int32. Padding is id 0 everywhere.
 *
 * <p>The methods only declare; wrong shapes are reported when the graph is compiled, with the operation's name and its
 * operands' shapes.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Graph {
    /** The graph behind this facade, for operations that it does not offer. */
    SameDiff sameDiff();

    /** Whether the graph is built for training; otherwise {@link #dropout} does nothing. */
    boolean training();

    /**
     * A feature of the batch.
     *
     * @return [B, T] INT32, filled up with the feature's padding
     * @throws java.util.NoSuchElementException if no configured corruptor makes it
     */
    SDVariable feature(Feature feature);

    /**
     * A parameter; the same name gives the same parameter.
     *
     * @param name dot-separated, as in Hugging Face's checkpoints where there is such a name
     * @param shape matrices of dense layers are [out, in]
     * @throws IllegalArgumentException if the name was declared before with another shape
     */
    SDVariable parameter(String name, Initializer initializer, long... shape);

    /**
     * Rows of a table.
     *
     * @param table [V, d]
     * @param ids [...] INT32 in [0, V)
     * @return [..., d]
     */
    SDVariable embedding(SDVariable table, SDVariable ids);

    /**
     * Dense layer without bias: x · weightᵀ.
     *
     * @param x [..., in]
     * @param weight [out, in]
     * @return [..., out]
     */
    SDVariable linear(SDVariable x, SDVariable weight);

    /**
     * Root-mean-square normalisation over the last dimension: x / √(mean(x²) + ε) ⊙ weight (Zhang and Sennrich, 2019).
     *
     * @param x [..., d]
     * @param weight [d]
     * @return [..., d]
     */
    SDVariable rmsNorm(SDVariable x, SDVariable weight, double epsilon);

    /**
     * Gate of a gated feed-forward layer: gelu(gate) ⊙ value, with the tanh form of gelu (Shazeer, <i>GLU variants
     * improve transformer</i>, 2020).
     *
     * @param gate any shape
     * @param value same shape
     */
    SDVariable gatedGelu(SDVariable gate, SDVariable value);

    /** gelu(x) in its tanh form (Hendrycks and Gimpel, <i>Gaussian error linear units</i>, 2016). */
    SDVariable gelu(SDVariable x);

    /** max(x, 0). */
    SDVariable relu(SDVariable x);

    /** x · factor. */
    SDVariable scale(SDVariable x, double factor);

    /**
     * T5's relative position bias: one number per head for every bucket of the distance from query to key.
     *
     * @param table [buckets, heads]
     * @param queryTokens [B, Tq]; only its shape is used
     * @param keyTokens [B, Tk]; only its shape is used
     * @param bidirectional whether keys behind the query get buckets of their own, as in an encoder
     * @param maxDistance from this distance on all keys share a bucket
     * @return [heads, Tq, Tk]
     */
    SDVariable relativePositionBias(
            SDVariable table, SDVariable queryTokens, SDVariable keyTokens, boolean bidirectional, int maxDistance);

    /**
     * Rotary positions: turns pairs of elements of each head by angles that grow with their place in the sequence, so that
     * the product of a query and a key depends on their distance (Su et al., <i>RoFormer</i>, 2021).
     *
     * @param x [B, T, heads · d_kv], queries or keys, d_kv even
     * @param heads number of heads
     * @param base the i-th pair is turned by base^(−2i/d_kv) from one place to the next; 10,000 in the paper
     * @return [B, T, heads · d_kv]
     */
    SDVariable rotaryPositions(SDVariable x, int heads, double base);

    /**
     * Multi-head attention without scaling by 1/√d: softmax(QKᵀ + bias + mask) V, head by head.
     *
     * @return [B, Tq, heads · d_kv]
     */
    SDVariable attention(Attention attention);

    /**
     * What {@link #attention} attends with and to.
     *
     * @param query [B, Tq, heads · d_kv]
     * @param key [B, Tk, heads · d_kv]
     * @param value [B, Tk, heads · d_kv]
     * @param keyTokens [B, Tk] INT32; keys whose token is 0 are masked; null if none is
     * @param bias [heads, Tq, Tk] added to the scores, or null
     * @param causal whether a query sees only the keys up to its own position
     * @param heads number of heads
     * @param dropout rate of dropout on the probabilities
     */
    record Attention(
            SDVariable query,
            SDVariable key,
            SDVariable value,
            SDVariable keyTokens,
            SDVariable bias,
            boolean causal,
            int heads,
            double dropout) {}

    /**
     * Tokens moved one place to the right, the last dropped, a start token in front: what a decoder reads under teacher
     * forcing.
     *
     * @param tokens [B, T] INT32
     * @return [B, T] INT32
     */
    SDVariable shiftRight(SDVariable tokens, int start);

    /**
     * Cross-entropy of the softmax over the last dimension, summed over the tokens whose label is not ignored. Never
     * makes a one-hot matrix.
     *
     * @param logits [..., V]
     * @param labels [...] INT32, the leading shape of the logits
     * @param ignored label that counts nothing
     * @return the sum in nats, and the number of labels counted
     */
    TokenSum crossEntropy(SDVariable logits, SDVariable labels, int ignored);

    /**
     * How often the greatest logit is the label's, over the tokens whose label is not ignored.
     *
     * @param logits [..., V]
     * @param labels [...] INT32
     * @param ignored label that counts nothing
     */
    TokenSum accuracy(SDVariable logits, SDVariable labels, int ignored);

    /**
     * Cross-entropy of a yes-or-no answer: max(x, 0) − x·label + log(1 + exp(−|x|)), summed over the tokens whose label is
     * not ignored.
     *
     * @param logits any shape; above 0 means yes
     * @param labels INT32, as many elements: 1 yes, 0 no, anything else is ignored
     * @return the sum in nats, and the number of labels counted
     */
    TokenSum sigmoidCrossEntropy(SDVariable logits, SDVariable labels);

    /** [] FLOAT: the number of labels that are 0 or 1. */
    SDVariable countAnswers(SDVariable labels);

    /**
     * How good yes-or-no answers are.
     *
     * @param logits any shape; above 0 means yes
     * @param labels INT32, as many elements: 1 yes, 0 no, anything else is ignored
     */
    Detection detection(SDVariable logits, SDVariable labels);

    /**
     * How good yes-or-no answers are.
     *
     * @param accuracy right answers among all
     * @param precision right ones among the answers yes
     * @param recall right ones among the labels yes
     * @param share labels yes among all
     */
    record Detection(TokenSum accuracy, TokenSum precision, TokenSum recall, TokenSum share) {}

    /**
     * Hidden states at some positions of each sequence.
     *
     * @param x [B, T, d]
     * @param positions [B, M] INT32 in [0, T); −1 gives zeros
     * @return [B, M, d]
     */
    SDVariable statesAt(SDVariable x, SDVariable positions);

    /**
     * Tokens at some positions of each sequence.
     *
     * @param tokens [B, T] INT32
     * @param positions [B, M] INT32 in [0, T); −1 gives −1
     * @return [B, M] INT32
     */
    SDVariable tokensAt(SDVariable tokens, SDVariable positions);

    /**
     * Tokens with some of them replaced.
     *
     * @param tokens [B, T] INT32
     * @param positions [B, M] INT32 in [0, T), none twice in a sequence; −1 replaces nothing
     * @param values [B, M] INT32
     * @return [B, T] INT32
     */
    SDVariable replaceTokens(SDVariable tokens, SDVariable positions, SDVariable values);

    /**
     * Whether each token was replaced by another one.
     *
     * @param original [B, T] INT32
     * @param replaced [B, T] INT32
     * @param excluded originals that get the label −1, for instance {@code <pad>} and the sentinels
     * @return [B, T] INT32: 1 where the two differ, 0 where they are equal, −1 where the original is excluded
     */
    SDVariable replacementLabels(SDVariable original, SDVariable replaced, int... excluded);

    /**
     * One id for each row, drawn from softmax(logits / temperature). No gradient flows through it. The random numbers are a
     * function of the run's seed, the step, the replica and the place in the graph.
     *
     * @param logits [..., V]
     * @param temperature above 0
     * @return [...] INT32
     */
    SDVariable sampleCategorical(SDVariable logits, double temperature);

    /**
     * Zeroes each element with a probability and divides the others by one minus it, while {@link #training}. The random
     * numbers are a function of the run's seed, the step, the replica and the place in the graph.
     *
     * @param rate in [0, 1); 0 returns x itself
     */
    SDVariable dropout(SDVariable x, double rate);

    /**
     * The same values, marked as the end of a block. Where a run trades time for memory ({@code training.recompute: blocks}),
     * what was computed between the end of one block and the end of the next is not kept for the backward pass but computed
     * again; what is marked is kept. An architecture marks what goes into its first block and what comes out of each.
     *
     * <p>Source: Chen et al., <i>Training deep nets with sublinear memory cost</i>, 2016.
     */
    SDVariable blockEnd(SDVariable x);

    /** The same values, through which no gradient flows. */
    SDVariable stopGradient(SDVariable x);

    /**
     * Adds a loss. The training loop minimises the sum of weight × sum / count over the active losses, with the counts
     * of the whole batch.
     *
     * @param name one of the objective's losses
     */
    void loss(String name, TokenSum loss);

    /**
     * Adds a metric that is reported and not minimised: sum / count over the whole batch.
     *
     * @param name as it appears in {@code metrics.jsonl}, for instance {@code accuracy.mlm}
     */
    void metric(String name, TokenSum metric);
}
