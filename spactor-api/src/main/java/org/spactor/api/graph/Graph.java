package org.spactor.api.graph;

import org.apiguardian.api.API;
import org.spactor.api.corruption.Feature;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * A graph under construction, and the operations that networks and objectives are built from; the plain ones (add, mul,
 * reshape, exp, …) are methods of {@link Value}. Each of them has a gradient that was verified against finite differences.
 * There are no others: an operation that is missing is composed of these.
 *
 * <p>Shapes: B examples, T tokens, d width, V vocabulary. All shapes are fixed and known while the graph is declared;
 * operands that do not fit are refused at once by {@link IllegalArgumentException}, with their shapes.
 *
 * <p>Of whole numbers the graph knows between which bounds they lie: tokens are below the size of the vocabulary, positions
 * below the length of the sequence that they are in, and so on. Where a number is used to look something up, numbers that
 * might lie outside are refused; what features hold is checked when batches are made.
 *
 * <p>What is learnt is made by {@link #parameter}; nothing else is.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Graph {
    /** Whether the graph is built for training; otherwise {@link #dropout} does nothing. */
    boolean training();

    /** The tokens there are. */
    Vocabulary vocabulary();

    /**
     * A feature of the batch.
     *
     * @return [B, T] INT, filled up with the feature's padding
     * @throws java.util.NoSuchElementException if no configured corruptor makes it
     */
    Value feature(Feature feature);

    /**
     * A parameter; the same name gives the same parameter.
     *
     * @param name dot-separated, as in Hugging Face's checkpoints where there is such a name
     * @param shape matrices of dense layers are [out, in]
     * @throws IllegalArgumentException if the name was declared before with another shape or initializer, or is none
     */
    Value parameter(String name, Initializer initializer, long... shape);

    /**
     * Numbers that are known now and stay as they are: not learnt, and not kept in checkpoints.
     *
     * @param elements in row-major order
     */
    Value constant(float[] elements, long... shape);

    /**
     * Whole numbers that are known now, such as positions or labels.
     *
     * @param elements in row-major order
     */
    Value constant(int[] elements, long... shape);

    /** Values one behind the other along an axis; all other lengths are equal. FLOAT or INT. */
    Value concat(int axis, Value... values);

    /**
     * Rows of a table.
     *
     * @param table [V, d]
     * @param ids [...] INT in [0, V)
     * @return [..., d]
     */
    Value embedding(Value table, Value ids);

    /**
     * Dense layer without bias: x · weightᵀ.
     *
     * @param x [..., in]
     * @param weight [out, in]
     * @return [..., out]
     */
    Value linear(Value x, Value weight);

    /**
     * Root-mean-square normalisation over the last dimension: x / √(mean(x²) + ε) ⊙ weight (Zhang and Sennrich, 2019).
     *
     * @param x [..., d]
     * @param weight [d]
     * @return [..., d]
     */
    Value rmsNorm(Value x, Value weight, double epsilon);

    /**
     * Gate of a gated feed-forward layer: gelu(gate) ⊙ value, with the tanh form of gelu (Shazeer, <i>GLU variants
     * improve transformer</i>, 2020).
     *
     * @param gate any shape
     * @param value same shape
     */
    Value gatedGelu(Value gate, Value value);

    /** gelu(x) in its tanh form (Hendrycks and Gimpel, <i>Gaussian error linear units</i>, 2016). */
    Value gelu(Value x);

    /** max(x, 0). */
    Value relu(Value x);

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
    Value relativePositionBias(Value table, Value queryTokens, Value keyTokens, boolean bidirectional, int maxDistance);

    /**
     * Rotary positions: turns pairs of elements of each head by angles that grow with their place in the sequence, so that
     * the product of a query and a key depends on their distance (Su et al., <i>RoFormer</i>, 2021).
     *
     * @param x [B, T, heads · d_kv], queries or keys, d_kv even
     * @param heads number of heads
     * @param base the i-th pair is turned by base^(−2i/d_kv) from one place to the next; 10,000 in the paper
     * @return [B, T, heads · d_kv]
     */
    Value rotaryPositions(Value x, int heads, double base);

    /**
     * Multi-head attention without scaling by 1/√d: softmax(QKᵀ + bias + mask) V, head by head.
     *
     * @return [B, Tq, heads · d_kv]
     */
    Value attention(Attention attention);

    /**
     * Tokens moved one place to the right, the last dropped, a start token in front: what a decoder reads under teacher
     * forcing.
     *
     * @param tokens [B, T] INT
     * @return [B, T] INT
     */
    Value shiftRight(Value tokens, int start);

    /**
     * Cross-entropy of the softmax over the last dimension, summed over the tokens whose label is not ignored. Never
     * makes a one-hot matrix. For a weight of its own for every token there is {@link #tokenCrossEntropy}.
     *
     * @param logits [..., V]
     * @param labels [...] INT within [0, V) or ignored, the leading shape of the logits
     * @param ignored label that counts nothing
     * @return the sum in nats, and the number of labels counted
     */
    TokenSum crossEntropy(Value logits, Value labels, int ignored);

    /**
     * Cross-entropy of the softmax over the last dimension, token by token.
     *
     * @param logits [..., V]
     * @param labels [...] INT within [0, V) or ignored, the leading shape of the logits
     * @param ignored label whose cross-entropy is 0
     * @return [...] in nats
     */
    Value tokenCrossEntropy(Value logits, Value labels, int ignored);

    /**
     * A sum over what a mask lets through, and how many that are.
     *
     * @param x FLOAT
     * @param mask of the same shape, INT or FLOAT: 1 where an element counts, 0 where it does not
     */
    TokenSum sumOver(Value x, Value mask);

    /**
     * How often the greatest logit is the label's, over the tokens whose label is not ignored.
     *
     * @param logits [..., V]
     * @param labels [...] INT
     * @param ignored label that counts nothing
     */
    TokenSum accuracy(Value logits, Value labels, int ignored);

    /**
     * Cross-entropy of a yes-or-no answer: max(x, 0) − x·label + log(1 + exp(−|x|)), summed over the tokens whose label is
     * not ignored.
     *
     * @param logits any shape; above 0 means yes
     * @param labels INT, as many elements: 1 yes, 0 no, anything else is ignored
     * @return the sum in nats, and the number of labels counted
     */
    TokenSum sigmoidCrossEntropy(Value logits, Value labels);

    /** [] FLOAT: the number of labels that are 0 or 1. */
    Value countAnswers(Value labels);

    /**
     * How good yes-or-no answers are.
     *
     * @param logits any shape; above 0 means yes
     * @param labels INT, as many elements: 1 yes, 0 no, anything else is ignored
     */
    Detection detection(Value logits, Value labels);

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
     * @param positions [B, M] INT within [0, T), also several times the same; −1 gives zeros
     * @return [B, M, d]
     */
    Value statesAt(Value x, Value positions);

    /**
     * Tokens at some positions of each sequence.
     *
     * @param tokens [B, T] INT
     * @param positions [B, M] INT within [0, T), also several times the same; −1 gives −1
     * @return [B, M] INT
     */
    Value tokensAt(Value tokens, Value positions);

    /**
     * Tokens with some of them replaced.
     *
     * @param tokens [B, T] INT
     * @param positions [B, M] INT within [0, T); −1 replaces nothing. Of several that are the same the last one counts
     * @param values [B, M] INT
     * @return [B, T] INT
     */
    Value replaceTokens(Value tokens, Value positions, Value values);

    /**
     * Whether each token was replaced by another one.
     *
     * @param original [B, T] INT
     * @param replaced [B, T] INT
     * @param excluded originals that get the label −1, for instance {@code <pad>} and the sentinels
     * @return [B, T] INT: 1 where the two differ, 0 where they are equal, −1 where the original is excluded
     */
    Value replacementLabels(Value original, Value replaced, int... excluded);

    /**
     * One id for each row, drawn from softmax(logits / temperature). No gradient flows through it. The random numbers are a
     * function of the run's seed, the step, the replica and the place in the graph.
     *
     * @param logits [..., V]
     * @param temperature above 0
     * @return [...] INT
     */
    Value sampleCategorical(Value logits, double temperature);

    /**
     * Zeroes each element with a probability and divides the others by one minus it, while {@link #training}. The random
     * numbers are a function of the run's seed, the step, the replica and the place in the graph.
     *
     * @param rate in [0, 1); 0 returns x itself
     */
    Value dropout(Value x, double rate);

    /**
     * The same values, marked as the end of a block. Where a run trades time for memory ({@code training.recompute: blocks}),
     * what was computed between the end of one block and the end of the next is not kept for the backward pass but computed
     * again; what is marked is kept. An architecture marks what goes into its first block and what comes out of each.
     *
     * <p>Source: Chen et al., <i>Training deep nets with sublinear memory cost</i>, 2016.
     */
    Value blockEnd(Value x);

    /** The same values, through which no gradient flows. */
    Value stopGradient(Value x);

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
     * @param name as it appears in {@code metrics.jsonl}, for instance {@code accuracy.mlm}: at least two parts, of which the
     *     first is neither {@code loss} nor {@code hybrid}
     */
    void metric(String name, TokenSum metric);
}
