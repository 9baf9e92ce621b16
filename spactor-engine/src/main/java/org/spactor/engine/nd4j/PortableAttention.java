package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.op.Attention;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;

/**
 * Multi-head attention, forward and backward, composed of ND4J's operations on all heads at once. Heads are views of [B, T,
 * heads · d_kv]; nothing is permuted in memory.
 */
final class PortableAttention {
    private final Products products;

    PortableAttention(Products products) {
        this.products = products;
    }

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.ATTENTION, this::forward);
        kernels.put(Kinds.ATTENTION_GRADIENT, this::backward);
    }

    private Step forward(Instruction instruction, Nd4jMemory memory) {
        Attributes attributes = instruction.attributes();
        INDArray query = heads(instruction.input("query"), attributes, memory);
        INDArray key = heads(instruction.input("key"), attributes, memory);
        INDArray value = heads(instruction.input("value"), attributes, memory);
        INDArray mixed = heads(instruction.output("mixed"), attributes, memory);
        INDArray probabilities = memory.array(instruction.output("probabilities"));
        List<Step> steps = new ArrayList<>();
        steps.add(products.product(query, false, key, true, probabilities, memory));
        INDArray bias = instruction.reads("bias") ? memory.array(instruction.input("bias")) : null;
        INDArray keyMask = instruction.reads("key-mask") ? memory.array(instruction.input("key-mask")) : null;
        INDArray prefix = instruction.reads("prefix") ? memory.array(instruction.input("prefix")) : null;
        steps.add(softmax(probabilities, bias, keyMask, attributes.flag("causal"), prefix, memory));
        INDArray applied = probabilities;
        if (attributes.real("dropout") > 0) {
            applied = memory.array(instruction.output("kept"));
            INDArray randomKey = memory.vector(instruction.input("random-key"));
            steps.add(dropoutMask(applied, randomKey, attributes));
            steps.add(NativeOperation.binary("multiply", applied, probabilities, applied));
        }
        steps.add(products.product(applied, false, value, false, mixed, memory));
        return Step.sequence(steps.toArray(Step[]::new));
    }

    /**
     * With P the probabilities and G the gradient of the mixed values: dV = Pᵀ G; dP = G Vᵀ; dS = P ⊙ (dP − Σ dP ⊙ P); dQ =
     * dS K; dK = dSᵀ Q; dbias = Σ over the batch of dS.
     */
    private Step backward(Instruction instruction, Nd4jMemory memory) {
        Attributes attributes = instruction.attributes();
        INDArray gradient = heads(instruction.input("gradient"), attributes, memory);
        INDArray query = heads(instruction.input("query"), attributes, memory);
        INDArray key = heads(instruction.input("key"), attributes, memory);
        INDArray value = heads(instruction.input("value"), attributes, memory);
        INDArray probabilities = memory.array(instruction.input("probabilities"));
        INDArray applied = memory.array(instruction.input("kept"));
        INDArray[] scratch = memory.scratch(probabilities.shape(), probabilities.shape(), probabilities.shape());
        INDArray scores = scratch[0];
        List<Step> steps = new ArrayList<>();
        steps.add(products.product(
                applied,
                true,
                gradient,
                false,
                heads(instruction.output("value-gradient"), attributes, memory),
                memory));
        steps.add(products.product(gradient, false, value, true, scores, memory));
        if (attributes.real("dropout") > 0) {
            INDArray mask = scratch[1];
            steps.add(dropoutMask(mask, memory.vector(instruction.input("random-key")), attributes));
            steps.add(NativeOperation.binary("multiply", scores, mask, scores));
        }
        INDArray bias = instruction.writes("bias-gradient") ? memory.array(instruction.output("bias-gradient")) : null;
        steps.add(softmaxGradient(probabilities, scores, bias, scratch[2], memory));
        steps.add(products.product(
                scores, false, key, false, heads(instruction.output("query-gradient"), attributes, memory), memory));
        steps.add(products.product(
                scores, true, query, false, heads(instruction.output("key-gradient"), attributes, memory), memory));
        return Step.sequence(steps.toArray(Step[]::new));
    }

    /** [B, T, heads · d_kv] seen as [B, heads, T, d_kv]. */
    private static INDArray heads(Operand operand, Attributes attributes, Nd4jMemory memory) {
        long[] shape = operand.shape();
        long heads = attributes.integer("heads");
        return memory.array(operand)
                .reshape(shape[0], shape[1], heads, shape[2] / heads)
                .permute(0, 2, 1, 3);
    }

    private static Step dropoutMask(INDArray mask, INDArray key, Attributes attributes) {
        return ElementKernels.dropoutMask(mask, key, attributes.real("dropout"), attributes.integer("salt"));
    }

    private static Step softmax(
            INDArray scores, INDArray bias, INDArray keyMask, boolean causal, INDArray prefix, Nd4jMemory memory) {
        List<Step> steps = new ArrayList<>();
        if (bias != null) {
            INDArray stretched = bias.reshape(1, bias.size(0), bias.size(1), bias.size(2));
            steps.add(NativeOperation.binary("add", scores, stretched, scores));
        }
        if (keyMask != null) {
            steps.add(addMask(isZero(keyMask), scores, memory));
        }
        if (causal) {
            steps.add(addCausalMask(causalMask(scores.size(2), scores.size(3)), prefix, scores, memory));
        }
        steps.add(NativeOperation.named("softmax").integers(3).prepare(new INDArray[] {scores}, scores));
        return Step.sequence(steps.toArray(Step[]::new));
    }

    private Step softmaxGradient(
            INDArray probabilities, INDArray gradient, INDArray sum, INDArray product, Nd4jMemory memory) {
        long[] shape = gradient.shape();
        INDArray sums = Nd4j.create(DataType.FLOAT, shape[0], shape[1], shape[2], 1);
        return Step.sequence(
                NativeOperation.binary("multiply", gradient, probabilities, product),
                NativeOperation.reduce("reduce_sum", product, 3, sums),
                NativeOperation.binary("subtract", gradient, sums, gradient),
                NativeOperation.binary("multiply", gradient, probabilities, gradient),
                sum == null ? () -> {} : sumOverBatch(gradient, sum, memory));
    }

    /** A product with a row of ones is far faster than a sum over the first side. */
    private Step sumOverBatch(INDArray gradient, INDArray sum, Nd4jMemory memory) {
        long batch = gradient.size(0);
        INDArray matrix = gradient.reshape(batch, gradient.length() / batch);
        INDArray ones = Nd4j.ones(DataType.FLOAT, 1, batch);
        return products.product(ones, false, matrix, false, sum.reshape(1, sum.length()), memory);
    }

    /** 1 where a mask is 0. */
    private static Zeros isZero(INDArray mask) {
        INDArray found = Nd4j.create(DataType.BOOL, mask.shape());
        INDArray zeros = Nd4j.create(DataType.FLOAT, mask.shape());
        return new Zeros(
                Step.sequence(
                        NativeOperation.binary("equals", mask, Nd4j.scalar(DataType.INT, 0), found),
                        TokenKernels.cast(found, zeros)),
                zeros.reshape(mask.size(0), 1, 1, mask.size(1)));
    }

    /**
     * Where a mask is 0.
     *
     * @param find finds it
     * @param zeros [B, 1, 1, Tk], 1 where it is so
     */
    private record Zeros(Step find, INDArray zeros) {}

    /** scores += −10⁹ for the keys where a mask is 0. */
    private static Step addMask(Zeros masked, INDArray scores, Nd4jMemory memory) {
        return Step.sequence(
                masked.find(),
                NativeOperation.binary("multiply", masked.zeros(), memory.scalar(Attention.MASK), masked.zeros()),
                NativeOperation.binary("add", scores, masked.zeros(), scores));
    }

    /** scores += the causal mask, but for the keys of a prefix. */
    private static Step addCausalMask(INDArray mask, INDArray prefix, INDArray scores, Nd4jMemory memory) {
        if (prefix == null) {
            return NativeOperation.binary("add", scores, mask, scores);
        }
        Zeros others = isZero(prefix);
        INDArray ofExamples = memory.scratch(new long[] {prefix.size(0), 1, mask.size(2), mask.size(3)})[0];
        return Step.sequence(
                others.find(),
                NativeOperation.binary("multiply", mask, others.zeros(), ofExamples),
                NativeOperation.binary("add", scores, ofExamples, scores));
    }

    private static INDArray causalMask(long queries, long keys) {
        float[] mask = new float[Math.toIntExact(queries * keys)];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % keys > i / keys ? (float) Attention.MASK : 0;
        }
        return Nd4j.createFromArray(mask).reshape(1, 1, queries, keys);
    }
}
