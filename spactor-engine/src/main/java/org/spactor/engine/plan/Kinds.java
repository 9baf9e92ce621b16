package org.spactor.engine.plan;

import java.util.List;

/**
 * The kinds of instruction there are, with what each reads and writes: whoever writes a backend needs a kernel for each of
 * {@link #executed()}.
 *
 * <p>Notation: (inputs) → (outputs), in the order in which an instruction has them; what stands in brackets is a shape;
 * FLOAT32 where nothing else is said; INT is INT32. A kind that <i>may add</i> has one more input with
 * {@link Instruction#ADDS}; one that <i>may accumulate</i> starts from what is there with {@link Instruction#ACCUMULATES}.
 * What <i>may overwrite</i> an input may lie in the same memory; outputs share memory with no other input but the addend.
 * Operands of the engine's own operations have names, by which an {@link Instruction} gives them, those in
 * {@code operandNames} of the operation.
 * Operands are contiguous, but those of SameDiff's own operations and of {@link #COPY}.
 */
public final class Kinds {
    private static final String STOCK = "stock:";

    private Kinds() {}

    // the engine's own operations

    /**
     * (query [B, Tq, heads · d], key and value [B, Tk, heads · d], bias [heads, Tq, Tk] if {@code bias}, key mask [B,
     * Tk] INT if {@code masked}, prefix [B, Tk] INT if {@code prefix}, random key [1] INT64 if {@code dropout} is above
     * 0) → (mixed values [B, Tq, heads · d], probabilities [B, heads, Tq, Tk], and with dropout what it left of these).
     * Attributes: {@code heads}, {@code causal}, {@code bias}, {@code masked}, {@code prefix}, {@code dropout} (rate),
     * {@code salt}. The operands of its products, and the mixed values, may be bfloat16. See
     * {@link org.spactor.engine.op.Attention}.
     */
    public static final String ATTENTION = "attention";

    /**
     * (gradient of the mixed values, query, key, value, probabilities, probabilities after dropout, random key if there
     * is dropout) → (gradients of query, key and value, and of the bias [heads, Tq, Tk] if {@code bias}). Attributes:
     * those of {@link #ATTENTION}. The first four inputs and the first three outputs may be bfloat16.
     */
    public static final String ATTENTION_GRADIENT = "attention-gradient";

    /**
     * The inputs of {@link #ATTENTION} → (mixed values, log Σ exp of each row of scores [B, heads, Tq]). A masked key is
     * one of the terms only where a query sees no key at all; there none of its keys counts as masked. The query, key and
     * value are bfloat16, the mixed values may be. Attributes: those of {@link #ATTENTION}. Made {@linkplain #onRequest()
     * on request} only.
     */
    public static final String FUSED_ATTENTION = "fused-attention";

    /**
     * (gradient of the mixed values, query, key, value, bias, key mask and prefix as {@link #FUSED_ATTENTION} has them,
     * mixed values, log Σ exp [B, heads, Tq], random key if there is dropout) → the outputs of
     * {@link #ATTENTION_GRADIENT}. The first four inputs are bfloat16, the mixed values and the first three outputs may
     * be. Attributes: those of {@link #ATTENTION}. Made {@linkplain #onRequest() on request} only.
     */
    public static final String FUSED_ATTENTION_GRADIENT = "fused-attention-gradient";

    /**
     * (x, y stretched to each other, or x alone) → INT32 of 1 where the relation holds, else 0. Attributes:
     * {@code relation}, a place in {@link Relation}; {@code number} instead of y.
     */
    public static final String COMPARE = "compare";

    /**
     * (logits [..., V], labels [...] INT) → [] the number of labels whose logit is the greatest. Attribute:
     * {@code ignored}, a label that does not count.
     */
    public static final String CORRECT_PREDICTIONS = "correct-predictions";

    /** (labels INT) → [] the number of labels that are 0 or 1. */
    public static final String COUNT_ANSWERS = "count-answers";

    /** (labels INT) → [] the number of labels other than {@code ignored}. */
    public static final String COUNT_TOKENS = "count-tokens";

    /**
     * (logits [..., V], labels [...] INT) → ([] sum of −log softmax(logits)[label], softmax [..., V], which may
     * overwrite the logits). Attribute: {@code ignored}, a label that does not count.
     */
    public static final String CROSS_ENTROPY = "cross-entropy";

    /**
     * (softmax [..., V], labels [...] INT, gradient []) → gradient · (softmax − [label]), which may overwrite the
     * softmax; 0 where the label is {@code ignored}.
     */
    public static final String CROSS_ENTROPY_GRADIENT = "cross-entropy-gradient";

    /**
     * (logits, labels INT) → ([] right answers, [] answers yes that are right, [] answers yes, [] labels yes); labels
     * other than 0 and 1 do not count.
     */
    public static final String DETECTIONS = "detections";

    /**
     * (x, random key [1] INT64) → x of which each element is kept, divided by 1 − {@code rate}, or 0. Attributes:
     * {@code rate}, {@code salt}. Which are kept: {@link RandomNumbers#keeps}.
     */
    public static final String DROPOUT = "dropout";

    /** (table [V, d], ids [...] INT) → rows of the table [..., d]. */
    public static final String EMBEDDING = "embedding";

    /**
     * (table [V, d], ids [...] INT, gradient [..., d]) → for each row of the table the sum over the places that took it
     * [V, d]. May add and accumulate.
     */
    public static final String EMBEDDING_GRADIENT = "embedding-gradient";

    /** (gate, value) → gelu(gate) ⊙ value with gelu(a) = ½ a (1 + tanh(√(2/π) (a + 0.044715 a³))). */
    public static final String GATED_GELU = "gated-gelu";

    /** (gate, value, gradient) → (gradient of the gate, gradient of the value). */
    public static final String GATED_GELU_GRADIENT = "gated-gelu-gradient";

    /** (x) → gelu(x), as in {@link #GATED_GELU}. */
    public static final String GELU = "gelu";

    /** (x, gradient) → gradient ⊙ gelu'(x). */
    public static final String GELU_GRADIENT = "gelu-gradient";

    /** (x [..., in], weight [out, in]) → x · weightᵀ [..., out]. Operands and product may be bfloat16; may add. */
    public static final String LINEAR = "linear";

    /**
     * (gradient [..., out], weight [out, in]) → gradient · weight [..., in]. Operands and product may be bfloat16; may
     * add.
     */
    public static final String LINEAR_INPUT_GRADIENT = "linear-input-gradient";

    /**
     * (gradient [..., out], x [..., in]) → gradientᵀ · x [out, in]. Operands may be bfloat16; may add and accumulate.
     */
    public static final String LINEAR_WEIGHT_GRADIENT = "linear-weight-gradient";

    /** (x [..., V]) → log Σ exp(x) over the last side [...]. */
    public static final String LOG_SUM_EXP = "log-sum-exp";

    /** (x [..., V], log Σ exp(x) [...], gradient [...]) → gradient · exp(x − log Σ exp(x)), which may overwrite x. */
    public static final String LOG_SUM_EXP_GRADIENT = "log-sum-exp-gradient";

    /** (x) → max(x, 0), which may overwrite x. */
    public static final String RECTIFIER = "rectifier";

    /** (y, gradient) → the gradient where y is above 0, else 0. */
    public static final String RECTIFIER_GRADIENT = "rectifier-gradient";

    /**
     * (table [buckets, heads], query tokens [B, Tq] INT, key tokens [B, Tk] INT, of which only the shapes are used) →
     * [heads, Tq, Tk]. Attributes: {@code bidirectional}, {@code max-distance}; see
     * {@link RelativePositions#bucket}.
     */
    public static final String RELATIVE_POSITION_BIAS = "relative-position-bias";

    /**
     * (table [buckets, heads], gradient [heads, Tq, Tk]) → gradient of the table. Attributes: those of
     * {@link #RELATIVE_POSITION_BIAS}. May accumulate.
     */
    public static final String RELATIVE_POSITION_BIAS_GRADIENT = "relative-position-bias-gradient";

    /**
     * (tokens [B, T] INT, positions [B, M] INT, values [B, M] INT) → the tokens with the values at the positions; a
     * position of −1 changes nothing.
     */
    public static final String REPLACE_TOKENS = "replace-tokens";

    /**
     * (original [B, T] INT, replaced [B, T] INT) → INT32 of 1 where they differ, 0 where they are equal, −1 where the
     * original is among {@code excluded}.
     */
    public static final String REPLACEMENT_LABELS = "replacement-labels";

    /** (x [..., d], weight [d]) → (x · r ⊙ weight, r [rows]) with r = 1 / √(mean(x²) + {@code epsilon}). */
    public static final String RMS_NORM = "rms-norm";

    /**
     * (x [..., d], weight [d], r [rows], gradient [..., d]) → (gradient of x, gradient of the weight [d]). May add to
     * the first, and accumulate the second.
     */
    public static final String RMS_NORM_GRADIENT = "rms-norm-gradient";

    /**
     * (x [B, T, heads · d]) → x turned by the angles of its places, which may overwrite x. Attributes: {@code heads},
     * {@code direction} (1 forward, −1 back), {@code base}; see {@link RotaryAngles#angle}.
     */
    public static final String ROTARY_POSITIONS = "rotary-positions";

    /**
     * (logits [..., V], random key [1] INT64) → (ids [...] INT32, scratch of the shape of the logits). Attributes:
     * {@code temperature}, {@code salt}; see {@link org.spactor.engine.op.SampleCategorical}.
     */
    public static final String SAMPLE_CATEGORICAL = "sample-categorical";

    /** (x) → x · {@code factor}, which may overwrite x. */
    public static final String SCALE = "scale";

    /** (tokens [B, T] INT) → the same moved one place to the right behind {@code start}, the last dropped. */
    public static final String SHIFT_RIGHT = "shift-right";

    /**
     * (logits, labels INT) → [] the sum of max(x, 0) − x·label + log(1 + exp(−|x|)) over the labels that are 0 or 1.
     */
    public static final String SIGMOID_CROSS_ENTROPY = "sigmoid-cross-entropy";

    /** (logits, labels INT, gradient []) → gradient · (σ(x) − label), 0 where the label is neither 0 nor 1. */
    public static final String SIGMOID_CROSS_ENTROPY_GRADIENT = "sigmoid-cross-entropy-gradient";

    /** (x [B, T, d], positions [B, M] INT) → rows of x [B, M, d]; a position of −1 gives zeros. */
    public static final String STATES_AT = "states-at";

    /**
     * (x [B, T, d], positions [B, M] INT, gradient [B, M, d]) → the rows put back where they came from, summed, zeros
     * elsewhere.
     */
    public static final String STATES_AT_GRADIENT = "states-at-gradient";

    /** (x INT) → the same as floating-point numbers. */
    public static final String TO_FLOAT = "to-float";

    /**
     * (logits [..., V], labels [...] INT) → (−log softmax(logits)[label] [...], 0 where the label is {@code ignored};
     * softmax [..., V], which may overwrite the logits).
     */
    public static final String TOKEN_CROSS_ENTROPY = "token-cross-entropy";

    /**
     * (softmax [..., V], labels [...] INT, gradient [...]) → gradient · (softmax − [label]), which may overwrite the
     * softmax; 0 where the label is {@code ignored}.
     */
    public static final String TOKEN_CROSS_ENTROPY_GRADIENT = "token-cross-entropy-gradient";

    /** (tokens [B, T] INT, positions [B, M] INT) → tokens [B, M]; a position of −1 gives −1. */
    public static final String TOKENS_AT = "tokens-at";

    /** (x [], weight []) → x · weight. */
    public static final String WEIGH = "weigh";

    // what the compiler adds

    /**
     * (x) → x; in a run that accumulates, x is added to what the output holds. Always {@link Instruction#ACCUMULATES}.
     */
    public static final String ACCUMULATE = "accumulate";

    /** (x of any strides and type) → the same, contiguous. */
    public static final String COPY = "copy";

    /** (x, …) → (x rounded to bfloat16, ties to even, …): one, or several independent of each other. */
    public static final String TO_BFLOAT16 = "to-bfloat16";

    // what a step does beside the model

    /**
     * (x₀, x₁, …, y₀, y₁, …, …) → (x₀ + x₁ + …, y₀ + y₁ + …, …): as many sums as there are outputs, of as many terms
     * each, in this order. An output is the first of its terms.
     */
    public static final String ADD_ALL = "add-all";

    /** (x, y, …) → [n] FLOAT64, the sum of the squares of the elements of each. */
    public static final String SUMS_OF_SQUARES = "sums-of-squares";

    /**
     * (x, y, …) → (…): an {@link Expression} of every element. The outputs have one shape, [rows, columns]; an input has
     * that shape, or [rows, 1], [1, columns] or one element, and is stretched. Outputs are all FLOAT32, computed in that
     * after inputs of FLOAT64, which have one element, are rounded to it; or all FLOAT64 of one element, computed in
     * that. An output may be an input of its shape.
     */
    public static final String MAP = "map";

    /**
     * (x, y, …) → the sum of an {@link Expression} of [{@code rows}, {@code columns}], whose terms are computed as by
     * {@link #MAP}. Attribute {@code over}: {@link #OVER_ALL} gives [1] FLOAT64, {@link #OVER_COLUMNS} [rows, 1],
     * {@link #OVER_ROWS} [1, columns]. Sums are taken in FLOAT64.
     */
    public static final String MAP_SUM = "map-sum";

    /** {@link #MAP_SUM} adds up everything. */
    public static final long OVER_ALL = 0;

    /** {@link #MAP_SUM} adds up the columns of each row. */
    public static final long OVER_COLUMNS = 1;

    /** {@link #MAP_SUM} adds up the rows of each column. */
    public static final long OVER_ROWS = 2;

    // SameDiff's own operations, behind a prefix

    /** (x) → |x|, element by element; may overwrite x. */
    public static final String STOCK_ABS = STOCK + "abs";

    /** (x, y stretched to each other) → x + y; may overwrite x if that is not stretched. */
    public static final String STOCK_ADD = STOCK + "add";

    /** (x, y, gradient) → (gradient of x, gradient of y), summed where they were stretched. */
    public static final String STOCK_ADD_GRADIENT = STOCK + "add_bp";

    /** (parts) → the parts one behind the other along {@link StockAttributes#AXIS}. */
    public static final String STOCK_CONCAT = STOCK + "concat";

    /** (parts, gradient) → gradients of the parts. Attribute: {@link StockAttributes#AXIS}. */
    public static final String STOCK_CONCAT_GRADIENT = STOCK + "concat_bp";

    /** (x) → cos(x), element by element; may overwrite x. */
    public static final String STOCK_COS = STOCK + "cos";

    /** (x, y stretched to each other) → x / y; may overwrite x if that is not stretched. */
    public static final String STOCK_DIVIDE = STOCK + "divide";

    /** (x, y, gradient) → (gradient of x, gradient of y), summed where they were stretched. */
    public static final String STOCK_DIVIDE_GRADIENT = STOCK + "divide_bp";

    /** (x) → exp(x), element by element; may overwrite x. */
    public static final String STOCK_EXP = STOCK + "exp";

    /** (x) → x · σ(1.702 x), element by element; may overwrite x. */
    public static final String STOCK_GELU = STOCK + "gelu";

    /** (x) → the derivative of {@link #STOCK_GELU}, element by element; may overwrite x. */
    public static final String STOCK_GELU_DERIVATIVE = STOCK + "_geluderivative";

    /** (x) → log(x), element by element; may overwrite x. */
    public static final String STOCK_LOG = STOCK + "log";

    /**
     * (left [..., m, k], right [..., k, n]) → products [..., m, n], matrix by matrix. Attributes:
     * {@link StockAttributes#TRANSPOSE_LEFT}, {@link StockAttributes#TRANSPOSE_RIGHT},
     * {@link StockAttributes#TRANSPOSE_PRODUCT}.
     */
    public static final String STOCK_MATMUL = STOCK + "matmul";

    /** (left, right, gradient) → (gradient of left, gradient of right). Attributes: those of {@link #STOCK_MATMUL}. */
    public static final String STOCK_MATMUL_GRADIENT = STOCK + "matmul_bp";

    /** (x, y stretched to each other) → x · y; may overwrite x if that is not stretched. */
    public static final String STOCK_MULTIPLY = STOCK + "multiply";

    /** (x, y, gradient) → (gradient of x, gradient of y), summed where they were stretched. */
    public static final String STOCK_MULTIPLY_GRADIENT = STOCK + "multiply_bp";

    /** (x) → −x, element by element; may overwrite x. */
    public static final String STOCK_NEG = STOCK + "neg";

    /** (x) → the greatest over {@link StockAttributes#AXES}. Attribute: {@link StockAttributes#KEEP_DIMENSIONS}. */
    public static final String STOCK_REDUCE_MAX = STOCK + "reduce_max";

    /**
     * (x, gradient) → gradient of x: the first of the greatest gets all. Attributes: those of
     * {@link #STOCK_REDUCE_MAX}.
     */
    public static final String STOCK_REDUCE_MAX_GRADIENT = STOCK + "reduce_max_bp";

    /** (x) → the mean over {@link StockAttributes#AXES}. Attribute: {@link StockAttributes#KEEP_DIMENSIONS}. */
    public static final String STOCK_REDUCE_MEAN = STOCK + "reduce_mean";

    /** (x, gradient) → gradient of x. Attributes: those of {@link #STOCK_REDUCE_MEAN}. */
    public static final String STOCK_REDUCE_MEAN_GRADIENT = STOCK + "reduce_mean_bp";

    /** (x) → the sum over {@link StockAttributes#AXES}. Attribute: {@link StockAttributes#KEEP_DIMENSIONS}. */
    public static final String STOCK_REDUCE_SUM = STOCK + "reduce_sum";

    /** (x, gradient) → gradient of x. Attributes: those of {@link #STOCK_REDUCE_SUM}. */
    public static final String STOCK_REDUCE_SUM_GRADIENT = STOCK + "reduce_sum_bp";

    /** (x) → σ(x) = 1 / (1 + exp(−x)), element by element; may overwrite x. */
    public static final String STOCK_SIGMOID = STOCK + "sigmoid";

    /** (x, gradient) → gradient of x. */
    public static final String STOCK_SIGMOID_GRADIENT = STOCK + "sigmoid_bp";

    /** (x) → the sign of x: −1, 0 or 1, element by element; may overwrite x. */
    public static final String STOCK_SIGN = STOCK + "sign";

    /** (x) → sin(x), element by element; may overwrite x. */
    public static final String STOCK_SIN = STOCK + "sin";

    /** (x) → softmax along {@link StockAttributes#AXIS}. */
    public static final String STOCK_SOFTMAX = STOCK + "softmax";

    /** (x, gradient) → gradient of x. Attribute: {@link StockAttributes#AXIS}. */
    public static final String STOCK_SOFTMAX_GRADIENT = STOCK + "softmax_bp";

    /** (x) → parts of equal length along {@link StockAttributes#AXIS}, as many as there are outputs. */
    public static final String STOCK_SPLIT = STOCK + "split";

    /** (slices of one shape) → the slices along a new {@link StockAttributes#AXIS}. */
    public static final String STOCK_STACK = STOCK + "stack";

    /**
     * (x) → every {@link StockAttributes#STRIDES strides}-th element from {@link StockAttributes#BEGIN begin} up to
     * {@link StockAttributes#END end}, exclusive, side by side, in {@link StockAttributes#SHAPE shape}: the same
     * elements in the same order, where some sides of length 1 may be missing.
     */
    public static final String STOCK_STRIDED_SLICE = STOCK + "strided_slice";

    /**
     * (x, gradient in {@link StockAttributes#SHAPE shape}) → gradient of x, zeros where nothing was taken. Attributes:
     * those of {@link #STOCK_STRIDED_SLICE}.
     */
    public static final String STOCK_STRIDED_SLICE_GRADIENT = STOCK + "strided_slice_bp";

    /** (x, y stretched to each other) → x − y; may overwrite x if that is not stretched. */
    public static final String STOCK_SUBTRACT = STOCK + "subtract";

    /** (x, y, gradient) → (gradient of x, gradient of y), summed where they were stretched. */
    public static final String STOCK_SUBTRACT_GRADIENT = STOCK + "subtract_bp";

    /** (x) → tanh(x), element by element; may overwrite x. */
    public static final String STOCK_TANH = STOCK + "tanh";

    /** (x, gradient) → gradient of x. */
    public static final String STOCK_TANH_GRADIENT = STOCK + "tanh_bp";

    /** (x) → x again and again, {@link StockAttributes#REPETITIONS repetitions} times along each side. */
    public static final String STOCK_TILE = STOCK + "tile";

    /** (x, gradient) → gradient of x. Attribute: {@link StockAttributes#REPETITIONS}. */
    public static final String STOCK_TILE_GRADIENT = STOCK + "tile_bp";

    /** (x) → slices along {@link StockAttributes#AXIS}, which goes away, as many as there are outputs. */
    public static final String STOCK_UNSTACK = STOCK + "unstack";

    /** (x of any type) → zeros of its shape. */
    public static final String STOCK_ZEROS_LIKE = STOCK + "zeroslike";

    // views: they are in graphs, but no instruction comes of them

    /** View: x, marked as the end of a block for recomputation. */
    public static final String BLOCK_END = "block-end";

    /** View: x, through which no gradient flows. */
    public static final String STOP_GRADIENT = "stop-gradient";

    /** View: x with one more side of length 1. */
    public static final String STOCK_EXPAND_DIMS = STOCK + "expand_dims";

    /** View: x. */
    public static final String STOCK_IDENTITY = STOCK + "identity";

    /** View: x with its sides in the order of {@code permutation}. */
    public static final String STOCK_PERMUTE = STOCK + "permute";

    /** View: x under another shape. */
    public static final String STOCK_RESHAPE = STOCK + "reshape";

    /** View: x without sides of length 1. */
    public static final String STOCK_SQUEEZE = STOCK + "squeeze";

    /** View: x with its sides in reverse order, {@code permutation}. */
    public static final String STOCK_TRANSPOSE = STOCK + "transpose";

    private static final List<String> EXECUTED = List.of(
            ATTENTION,
            ATTENTION_GRADIENT,
            COMPARE,
            CORRECT_PREDICTIONS,
            COUNT_ANSWERS,
            COUNT_TOKENS,
            CROSS_ENTROPY,
            CROSS_ENTROPY_GRADIENT,
            DETECTIONS,
            DROPOUT,
            EMBEDDING,
            EMBEDDING_GRADIENT,
            GATED_GELU,
            GATED_GELU_GRADIENT,
            GELU,
            GELU_GRADIENT,
            LINEAR,
            LINEAR_INPUT_GRADIENT,
            LINEAR_WEIGHT_GRADIENT,
            LOG_SUM_EXP,
            LOG_SUM_EXP_GRADIENT,
            RECTIFIER,
            RECTIFIER_GRADIENT,
            RELATIVE_POSITION_BIAS,
            RELATIVE_POSITION_BIAS_GRADIENT,
            REPLACE_TOKENS,
            REPLACEMENT_LABELS,
            RMS_NORM,
            RMS_NORM_GRADIENT,
            ROTARY_POSITIONS,
            SAMPLE_CATEGORICAL,
            SCALE,
            SHIFT_RIGHT,
            SIGMOID_CROSS_ENTROPY,
            SIGMOID_CROSS_ENTROPY_GRADIENT,
            STATES_AT,
            STATES_AT_GRADIENT,
            TO_FLOAT,
            TOKEN_CROSS_ENTROPY,
            TOKEN_CROSS_ENTROPY_GRADIENT,
            TOKENS_AT,
            WEIGH,
            ACCUMULATE,
            COPY,
            TO_BFLOAT16,
            ADD_ALL,
            SUMS_OF_SQUARES,
            MAP,
            MAP_SUM,
            STOCK_ABS,
            STOCK_ADD,
            STOCK_ADD_GRADIENT,
            STOCK_CONCAT,
            STOCK_CONCAT_GRADIENT,
            STOCK_COS,
            STOCK_DIVIDE,
            STOCK_DIVIDE_GRADIENT,
            STOCK_EXP,
            STOCK_GELU,
            STOCK_GELU_DERIVATIVE,
            STOCK_LOG,
            STOCK_MATMUL,
            STOCK_MATMUL_GRADIENT,
            STOCK_MULTIPLY,
            STOCK_MULTIPLY_GRADIENT,
            STOCK_NEG,
            STOCK_REDUCE_MAX,
            STOCK_REDUCE_MAX_GRADIENT,
            STOCK_REDUCE_MEAN,
            STOCK_REDUCE_MEAN_GRADIENT,
            STOCK_REDUCE_SUM,
            STOCK_REDUCE_SUM_GRADIENT,
            STOCK_SIGMOID,
            STOCK_SIGMOID_GRADIENT,
            STOCK_SIGN,
            STOCK_SIN,
            STOCK_SOFTMAX,
            STOCK_SOFTMAX_GRADIENT,
            STOCK_SPLIT,
            STOCK_STACK,
            STOCK_STRIDED_SLICE,
            STOCK_STRIDED_SLICE_GRADIENT,
            STOCK_SUBTRACT,
            STOCK_SUBTRACT_GRADIENT,
            STOCK_TANH,
            STOCK_TANH_GRADIENT,
            STOCK_TILE,
            STOCK_TILE_GRADIENT,
            STOCK_UNSTACK,
            STOCK_ZEROS_LIKE);

    private static final List<String> VIEWS = List.of(
            BLOCK_END,
            STOP_GRADIENT,
            STOCK_EXPAND_DIMS,
            STOCK_IDENTITY,
            STOCK_PERMUTE,
            STOCK_RESHAPE,
            STOCK_SQUEEZE,
            STOCK_TRANSPOSE);

    private static final List<String> ON_REQUEST = List.of(FUSED_ATTENTION, FUSED_ATTENTION_GRADIENT);

    /**
     * Kinds that only plans have whose compiler was asked for them: a backend need not know them unless it
     * {@linkplain org.spactor.engine.backend.Backend#fusesAttention() says that it does}.
     */
    public static List<String> onRequest() {
        return ON_REQUEST;
    }

    /** All kinds that the instructions of every plan may have. */
    public static List<String> executed() {
        return EXECUTED;
    }

    /** All kinds of views: of what a graph has under these, no instruction remains. */
    public static List<String> views() {
        return VIEWS;
    }

    /** The kind of one of SameDiff's own operations, by its name in SameDiff. */
    public static String ofStock(String operation) {
        return STOCK + operation;
    }

    /** Whether a kind is one of SameDiff's own operations. */
    public static boolean isStock(String kind) {
        return kind.startsWith(STOCK);
    }

    /** The name in SameDiff of a kind that is one of its operations. */
    public static String stockName(String kind) {
        return kind.substring(STOCK.length());
    }
}
