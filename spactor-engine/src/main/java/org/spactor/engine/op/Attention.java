package org.spactor.engine.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/**
 * Multi-head attention without scaling: softmax(QKᵀ + bias + mask) V, head by head.
 *
 * <p>Inputs: query [B, Tq, heads · d_kv], key and value [B, Tk, heads · d_kv], bias [heads, Tq, Tk] if there is one, the
 * key mask [B, Tk] INT if there is one, the prefix [B, Tk] INT if there is one, and the random key [1] INT64 if there is
 * dropout. Outputs: the mixed values [B, Tq, heads · d_kv], the probabilities [B, heads, Tq, Tk], and, with dropout, what
 * dropout left of these. Masked are the keys where the key mask is 0, and, if causal, those behind the query's position
 * unless the prefix is other than 0 there.
 *
 * <p>Source: Vaswani et al., <i>Attention is all you need</i>, 2017, with T5's bias and without its 1/√d.
 */
public final class Attention extends EngineOp {
    /** What is added to the score of a masked key: far below any score, and finite so that 0 · mask stays 0. */
    public static final double MASK = -1e9;

    /** For SameDiff's cloning. */
    public Attention() {}

    /** Declares the operation. */
    public Attention(SameDiff graph, SDVariable[] inputs, Settings settings) {
        super(graph, inputs);
        settings.store(this);
    }

    @Override
    public String kind() {
        return Kinds.ATTENTION;
    }

    @Override
    public OperandNames operandNames() {
        return Settings.load(this).operandNames();
    }

    @Override
    public Traits traits() {
        return Traits.NONE.withOperands(0, 1, 2).withProducts(0);
    }

    @Override
    protected ElementType[] outputTypes() {
        ElementType[] types = new ElementType[Settings.load(this).dropout() > 0 ? 3 : 2];
        Arrays.fill(types, ElementType.FLOAT32);
        return types;
    }

    @Override
    public long[][] outputShapes(long[][] inputs) {
        Settings settings = Settings.load(this);
        long[] query = inputs[0];
        long[] key = inputs[1];
        require(query.length == 3 && key.length == 3, "query and key must be [B, T, heads · d_kv]");
        require(Arrays.equals(key, inputs[2]), "key and value must have the same shape");
        require(settings.heads() >= 1, "there must be at least 1 head, not " + settings.heads());
        require(
                query[0] == key[0] && query[2] == key[2] && query[2] % settings.heads() == 0,
                "query and key must have the same B and the same width, a multiple of the number of heads");
        int next = 3;
        if (settings.bias()) {
            require(
                    Arrays.equals(inputs[next++], new long[] {settings.heads(), query[1], key[1]}),
                    "the bias must be [heads, Tq, Tk]");
        }
        long[] keys = {key[0], key[1]};
        if (settings.masked()) {
            require(Arrays.equals(inputs[next++], keys), "the key mask must be [B, Tk]");
        }
        if (settings.prefix()) {
            require(Arrays.equals(inputs[next], keys), "the prefix must be [B, Tk]");
        }
        long[] probabilities = {query[0], settings.heads(), query[1], key[1]};
        return settings.dropout() > 0
                ? new long[][] {query, probabilities, probabilities}
                : new long[][] {query, probabilities};
    }

    @Override
    public Attributes attributes() {
        return Settings.load(this).attributes();
    }

    @Override
    public long flops(long[][] inputs, long[][] outputs) {
        return 2 * productFlops(inputs[0], inputs[1]);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> gradients) {
        Settings settings = Settings.load(this);
        SDVariable[] outputs = outputVariables();
        SDVariable probabilities = outputs[1];
        SDVariable applied = settings.dropout() > 0 ? outputs[2] : probabilities;
        ArrayList<SDVariable> inputs =
                new ArrayList<>(List.of(gradients.get(0), arg(0), arg(1), arg(2), probabilities, applied));
        if (settings.dropout() > 0) {
            inputs.add(arg(args().length - 1));
        }
        SDVariable[] results = new Gradient(sameDiff, inputs.toArray(SDVariable[]::new), settings).outputVariables();
        return settings.bias()
                ? List.of(results[0], results[1], results[2], results[3])
                : List.of(results[0], results[1], results[2]);
    }

    private static long productFlops(long[] query, long[] key) {
        return 2 * query[0] * query[1] * key[1] * query[2];
    }

    /**
     * (gradient of the mixed values, query, key, value, probabilities, probabilities after dropout, [random key]) →
     * (gradient of the query, of the key, of the value, [of the bias]).
     */
    public static final class Gradient extends EngineOp {
        /** For SameDiff's cloning. */
        public Gradient() {}

        Gradient(SameDiff graph, SDVariable[] inputs, Settings settings) {
            super(graph, inputs);
            settings.store(this);
        }

        @Override
        public String kind() {
            return Kinds.ATTENTION_GRADIENT;
        }

        @Override
        public OperandNames operandNames() {
            return Settings.load(this).gradientOperandNames();
        }

        @Override
        public Traits traits() {
            return Traits.NONE.withOperands(0, 1, 2, 3).withProducts(0, 1, 2);
        }

        @Override
        protected ElementType[] outputTypes() {
            ElementType[] types = new ElementType[Settings.load(this).bias() ? 4 : 3];
            Arrays.fill(types, ElementType.FLOAT32);
            return types;
        }

        @Override
        public long[][] outputShapes(long[][] inputs) {
            long[] probabilities = inputs[4];
            long[] bias = {probabilities[1], probabilities[2], probabilities[3]};
            return Settings.load(this).bias()
                    ? new long[][] {inputs[1], inputs[2], inputs[3], bias}
                    : new long[][] {inputs[1], inputs[2], inputs[3]};
        }

        @Override
        public Attributes attributes() {
            return Settings.load(this).attributes();
        }

        @Override
        public long flops(long[][] inputs, long[][] outputs) {
            return 4 * productFlops(inputs[1], inputs[2]);
        }
    }

    /**
     * Settings of attention.
     *
     * @param heads number of heads
     * @param causal whether a query sees only the keys up to its own position
     * @param bias whether there is a bias among the inputs
     * @param masked whether there is a key mask among the inputs
     * @param prefix whether there is a prefix among the inputs
     * @param dropout rate of dropout on the probabilities
     * @param salt tells the dropouts of a graph apart
     */
    public record Settings(
            int heads, boolean causal, boolean bias, boolean masked, boolean prefix, double dropout, long salt) {
        private void store(EngineOp op) {
            op.addIArgument(heads, salt);
            op.addBArgument(causal, bias, masked, prefix);
            op.addTArgument(dropout);
        }

        private static Settings load(EngineOp op) {
            return new Settings(
                    Math.toIntExact(op.getIArgument(0)),
                    op.getBArgument(0),
                    op.getBArgument(1),
                    op.getBArgument(2),
                    op.getBArgument(3),
                    op.getTArgument(0),
                    op.getIArgument(1));
        }

        private OperandNames operandNames() {
            List<String> names = new ArrayList<>(List.of("query", "key", "value"));
            if (bias) {
                names.add("bias");
            }
            if (masked) {
                names.add("key-mask");
            }
            if (prefix) {
                names.add("prefix");
            }
            if (dropout > 0) {
                names.add("random-key");
                return new OperandNames(names, List.of("mixed", "probabilities", "kept"));
            }
            return new OperandNames(names, List.of("mixed", "probabilities"));
        }

        private OperandNames gradientOperandNames() {
            List<String> read = new ArrayList<>(List.of("gradient", "query", "key", "value", "probabilities", "kept"));
            if (dropout > 0) {
                read.add("random-key");
            }
            List<String> written = new ArrayList<>(List.of("query-gradient", "key-gradient", "value-gradient"));
            if (bias) {
                written.add("bias-gradient");
            }
            return new OperandNames(read, written);
        }

        private Attributes attributes() {
            return Attributes.NONE
                    .with("heads", (long) heads)
                    .with("causal", causal)
                    .with("bias", bias)
                    .with("masked", masked)
                    .with("prefix", prefix)
                    .with("dropout", dropout)
                    .with("salt", salt);
        }
    }
}
