package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.HostKernels;
import org.spactor.engine.nd4j.host.Slice;
import org.spactor.engine.op.Attention;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;

/**
 * Multi-head attention for a CPU: a few heads of one example at a time, so that their scores stay in the second-level
 * cache from the first product to the last. The bias is added by the product of queries and keys; the gradient of the
 * scores never reaches memory. Each thread has heads of its own.
 */
final class CpuAttention {
    /** Scores worked on at a time: half a megabyte. One head at least. */
    private static final long CHUNK = 1 << 17;

    private final MatrixProducts products;
    private final SoftmaxRows rows;

    CpuAttention(MatrixProducts products, SoftmaxRows rows) {
        this.products = products;
        this.rows = rows;
    }

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.ATTENTION, (instruction, memory) -> new Forward(instruction, memory).step());
        kernels.put(Kinds.ATTENTION_GRADIENT, (instruction, memory) -> new Backward(instruction, memory).step());
    }

    /** Some heads of one example. */
    private record Chunk(int example, Slice heads) {
        /** Of an operand [B, H, T, …]. */
        Strided of(Strided operand) {
            return operand.slice(0, new Slice(example, example + 1)).slice(1, heads);
        }

        /** Of an operand [H, …] that all examples share. */
        Strided ofShared(Strided operand) {
            return operand.slice(1, heads);
        }
    }

    /** What each thread does, chunk after chunk; all examples of a head before the next one. */
    private static Step step(long[] scores, Nd4jMemory memory, Work work) {
        List<Slice> shares = Slice.of(scores[1], memory.threads(), 1);
        Step[] parts = new Step[shares.size()];
        for (int thread = 0; thread < parts.length; thread++) {
            Place place = new Place(memory, thread);
            Slice share = shares.get(thread);
            long atOnce = Math.max(1, Math.min(share.length(), CHUNK / (scores[2] * scores[3])));
            List<Step> steps = new ArrayList<>();
            for (int head = share.from(); head < share.to(); head += (int) atOnce) {
                Slice heads = new Slice(head, (int) Math.min(share.to(), head + atOnce));
                for (int example = 0; example < scores[0]; example++) {
                    work.add(new Chunk(example, heads), place, steps);
                }
            }
            parts[thread] = Step.sequence(steps.toArray(Step[]::new));
        }
        return Step.parts(parts);
    }

    /** Adds the steps for a chunk. */
    @FunctionalInterface
    private interface Work {
        void add(Chunk chunk, Place place, List<Step> steps);
    }

    /** Scratch of each thread: some arrays of a chunk's scores. */
    private static Function<Place, INDArray> scratch(DataType type, long[] scores, Nd4jMemory memory) {
        long share = (scores[1] + memory.threads() - 1) / memory.threads();
        long heads = Math.max(1, Math.min(share, CHUNK / (scores[2] * scores[3])));
        long[][] shapes = new long[memory.threads()][];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = new long[] {1, heads, scores[2], scores[3]};
        }
        INDArray[] arrays = memory.scratch(type, shapes);
        return place -> arrays[place.thread()];
    }

    private static Strided firstHeads(INDArray array, Chunk chunk) {
        return Strided.of(array).slice(1, new Slice(0, chunk.heads().length()));
    }

    /** [B, T, heads · d_kv] seen as [B, heads, T, d_kv]. */
    private static Strided heads(Operand operand, Attributes attributes, Nd4jMemory memory) {
        long[] shape = operand.shape();
        long heads = attributes.integer("heads");
        return Strided.of(memory.array(operand)
                .reshape(shape[0], shape[1], heads, shape[2] / heads)
                .permute(0, 2, 1, 3));
    }

    /** [H, Tq, Tk] seen as [1, H, Tq, Tk]. */
    private static Strided shared(INDArray array) {
        return Strided.of(array.reshape(1, array.size(0), array.size(1), array.size(2)));
    }

    /** The scores as an operand of products: themselves, or rounded if the other operands are bfloat16. */
    private Strided operand(Strided scores, INDArray rounded, Chunk chunk, Place place, List<Step> steps) {
        if (rounded == null) {
            return scores;
        }
        Strided copy = firstHeads(rounded, chunk);
        steps.add(products.round(scores.asMatrix(), copy.asMatrix(), place));
        return copy;
    }

    /** softmax(QKᵀ + bias + mask) V. */
    private final class Forward {
        private final Instruction instruction;
        private final Nd4jMemory memory;
        private final Attributes attributes;
        private final Strided query;
        private final Strided key;
        private final Strided value;
        private final Strided mixed;
        private final INDArray probabilities;
        private final Strided bias;
        private final INDArray keyMask;
        private final INDArray prefix;
        private final boolean rounds;

        Forward(Instruction instruction, Nd4jMemory memory) {
            this.instruction = instruction;
            this.memory = memory;
            this.attributes = instruction.attributes();
            this.query = heads(instruction.input("query"), attributes, memory);
            this.key = heads(instruction.input("key"), attributes, memory);
            this.value = heads(instruction.input("value"), attributes, memory);
            this.mixed = heads(instruction.output("mixed"), attributes, memory);
            this.probabilities = memory.array(instruction.output("probabilities"));
            this.bias = instruction.reads("bias") ? shared(memory.array(instruction.input("bias"))) : null;
            this.keyMask = instruction.reads("key-mask") ? memory.array(instruction.input("key-mask")) : null;
            this.prefix = instruction.reads("prefix") ? memory.array(instruction.input("prefix")) : null;
            this.rounds = value.array().dataType() != DataType.FLOAT;
        }

        Step step() {
            long[] scores = probabilities.shape();
            Function<Place, INDArray> rounded =
                    rounds ? scratch(value.array().dataType(), scores, memory) : place -> null;
            return CpuAttention.step(
                    scores, memory, (chunk, place, steps) -> add(chunk, place, rounded.apply(place), steps));
        }

        private void add(Chunk chunk, Place place, INDArray rounded, List<Step> steps) {
            Strided scores = chunk.of(Strided.of(probabilities));
            Strided addend = bias == null ? null : chunk.ofShared(bias);
            steps.add(products.product(chunk.of(query), chunk.of(key).transposed(), addend, scores, place));
            if (keyMask != null || attributes.flag("causal")) {
                steps.add(HostKernels.scoreMask(
                        scores.floats(),
                        scores.shape(),
                        keyMask,
                        chunk.example(),
                        attributes.flag("causal"),
                        prefix,
                        (float) Attention.MASK)::run);
            }
            steps.add(rows.softmax(scores, place));
            Strided applied = scores;
            if (attributes.real("dropout") > 0) {
                INDArray randomKey = memory.vector(instruction.input("random-key"));
                applied = chunk.of(Strided.of(memory.array(instruction.output("kept"))));
                steps.add(dropout(scores, applied, randomKey, attributes));
            }
            Strided operand = operand(applied, rounded, chunk, place, steps);
            steps.add(products.product(operand, chunk.of(value), null, chunk.of(mixed), place));
        }
    }

    /** The elements of some scores that dropout leaves, times 1/(1 − rate). */
    private static Step dropout(Strided scores, Strided kept, INDArray randomKey, Attributes attributes) {
        return HostKernels.dropout(
                scores.floats(),
                kept.floats(),
                randomKey,
                attributes.real("dropout"),
                attributes.integer("salt"),
                kept.offset())::run;
    }

    /**
     * With P the probabilities and G the gradient of the mixed values: dV = Pᵀ G; dP = G Vᵀ; dS = P ⊙ (dP − Σ dP ⊙ P); dQ =
     * dS K; dK = dSᵀ Q; dbias = Σ over the batch of dS.
     */
    private final class Backward {
        private final Instruction instruction;
        private final Nd4jMemory memory;
        private final Attributes attributes;
        private final Strided gradient;
        private final Strided query;
        private final Strided key;
        private final Strided value;
        private final INDArray probabilities;
        private final INDArray applied;
        private final Strided queryGradient;
        private final Strided keyGradient;
        private final Strided valueGradient;
        private final Strided biasGradient;
        private final boolean rounds;

        Backward(Instruction instruction, Nd4jMemory memory) {
            this.instruction = instruction;
            this.memory = memory;
            this.attributes = instruction.attributes();
            this.gradient = heads(instruction.input("gradient"), attributes, memory);
            this.query = heads(instruction.input("query"), attributes, memory);
            this.key = heads(instruction.input("key"), attributes, memory);
            this.value = heads(instruction.input("value"), attributes, memory);
            this.probabilities = memory.array(instruction.input("probabilities"));
            this.applied = memory.array(instruction.input("kept"));
            this.queryGradient = heads(instruction.output("query-gradient"), attributes, memory);
            this.keyGradient = heads(instruction.output("key-gradient"), attributes, memory);
            this.valueGradient = heads(instruction.output("value-gradient"), attributes, memory);
            this.biasGradient = instruction.writes("bias-gradient")
                    ? shared(memory.array(instruction.output("bias-gradient")))
                    : null;
            this.rounds = value.array().dataType() != DataType.FLOAT;
        }

        Step step() {
            long[] scores = probabilities.shape();
            Function<Place, INDArray> ofScores = scratch(DataType.FLOAT, scores, memory);
            Function<Place, INDArray> rounded =
                    rounds ? scratch(value.array().dataType(), scores, memory) : place -> null;
            return CpuAttention.step(
                    scores,
                    memory,
                    (chunk, place, steps) ->
                            add(chunk, place, firstHeads(ofScores.apply(place), chunk), rounded.apply(place), steps));
        }

        private void add(Chunk chunk, Place place, Strided ofScores, INDArray rounded, List<Step> steps) {
            Strided upstream = chunk.of(gradient);
            Strided p = operand(chunk.of(Strided.of(applied)), rounded, chunk, place, steps);
            steps.add(products.product(p.transposed(), upstream, null, chunk.of(valueGradient), place));
            steps.add(products.product(upstream, chunk.of(value).transposed(), null, ofScores, place));
            Strided probability = chunk.of(Strided.of(probabilities));
            if (attributes.real("dropout") > 0) {
                steps.add(HostKernels.dropout(
                        ofScores.floats(),
                        ofScores.floats(),
                        memory.vector(instruction.input("random-key")),
                        attributes.real("dropout"),
                        attributes.integer("salt"),
                        probability.offset())::run);
            }
            steps.add(rows.gradient(probability, ofScores, place));
            if (biasGradient != null) {
                boolean first = chunk.example() == 0;
                steps.add(HostKernels.sum(
                        ofScores.floats(), chunk.ofShared(biasGradient).floats(), first)::run);
            }
            Strided s = operand(ofScores, rounded, chunk, place, steps);
            steps.add(products.product(s, chunk.of(key), null, chunk.of(queryGradient), place));
            steps.add(products.product(s.transposed(), chunk.of(query), null, chunk.of(keyGradient), place));
        }
    }
}
