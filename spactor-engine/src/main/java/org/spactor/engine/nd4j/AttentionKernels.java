package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Operand;

/** Multi-head attention, forward and backward. Heads are views of [B, T, heads · d_kv]; nothing is permuted in memory. */
final class AttentionKernels {
    private final Products products;
    private final AttentionRows rows;

    AttentionKernels(Products products, AttentionRows rows) {
        this.products = products;
        this.rows = rows;
    }

    void addTo(Map<String, Kernel> kernels) {
        kernels.put("attention", this::forward);
        kernels.put("attention-gradient", this::backward);
    }

    private Step forward(Instruction instruction, Nd4jMemory memory) {
        Attributes attributes = instruction.attributes();
        INDArray query = heads(instruction.input(0), attributes, memory);
        INDArray key = heads(instruction.input(1), attributes, memory);
        INDArray value = heads(instruction.input(2), attributes, memory);
        INDArray mixed = heads(instruction.output(0), attributes, memory);
        INDArray probabilities = memory.array(instruction.output(1));
        List<Step> steps = new ArrayList<>();
        steps.add(products.product(query, false, key, true, probabilities, memory));
        int next = 3;
        INDArray bias = attributes.flag("bias") ? memory.array(instruction.input(next++)) : null;
        INDArray keyTokens = attributes.flag("masked") ? memory.array(instruction.input(next++)) : null;
        steps.add(rows.softmax(probabilities, bias, keyTokens, attributes.flag("causal"), memory));
        INDArray applied = probabilities;
        if (attributes.real("dropout") > 0) {
            applied = memory.array(instruction.output(2));
            INDArray randomKey = memory.vector(instruction.input(next));
            steps.add(dropoutMask(applied, randomKey, attributes));
            steps.add(NativeOperation.binary("multiply", applied, probabilities, applied));
        }
        steps.add(products.product(operand(applied, value, steps, memory), false, value, false, mixed, memory));
        return Step.sequence(steps.toArray(Step[]::new));
    }

    /**
     * With P the probabilities and G the gradient of the mixed values: dV = Pᵀ G; dP = G Vᵀ; dS = P ⊙ (dP − Σ dP ⊙ P); dQ =
     * dS K; dK = dSᵀ Q; dbias = Σ over the batch of dS.
     */
    private Step backward(Instruction instruction, Nd4jMemory memory) {
        Attributes attributes = instruction.attributes();
        INDArray gradient = heads(instruction.input(0), attributes, memory);
        INDArray query = heads(instruction.input(1), attributes, memory);
        INDArray key = heads(instruction.input(2), attributes, memory);
        INDArray value = heads(instruction.input(3), attributes, memory);
        INDArray probabilities = memory.array(instruction.input(4));
        INDArray applied = memory.array(instruction.input(5));
        INDArray scores = memory.array(instruction.output(0));
        List<Step> steps = new ArrayList<>();
        applied = operand(applied, value, steps, memory);
        steps.add(products.product(
                applied, true, gradient, false, heads(instruction.output(3), attributes, memory), memory));
        steps.add(products.product(gradient, false, value, true, scores, memory));
        if (attributes.real("dropout") > 0) {
            INDArray mask = memory.scratch(scores.shape())[0];
            steps.add(dropoutMask(mask, memory.vector(instruction.input(6)), attributes));
            steps.add(NativeOperation.binary("multiply", scores, mask, scores));
        }
        INDArray bias = attributes.flag("bias") ? memory.array(instruction.output(4)) : null;
        steps.add(rows.softmaxGradient(probabilities, scores, bias, memory));
        INDArray scoreGradient = operand(scores, value, steps, memory);
        steps.add(products.product(
                scoreGradient, false, key, false, heads(instruction.output(1), attributes, memory), memory));
        steps.add(products.product(
                scoreGradient, true, query, false, heads(instruction.output(2), attributes, memory), memory));
        return Step.sequence(steps.toArray(Step[]::new));
    }

    /** An array as an operand beside another one: itself, or rounded if the other one is bfloat16. */
    private INDArray operand(INDArray array, INDArray other, List<Step> steps, Nd4jMemory memory) {
        if (array.dataType() == other.dataType()) {
            return array;
        }
        INDArray rounded = memory.scratch(other.dataType(), array.shape())[0];
        steps.add(products.round(array, rounded, memory));
        return rounded;
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
}
