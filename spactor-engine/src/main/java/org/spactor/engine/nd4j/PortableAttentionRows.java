package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.op.Attention;

/** ND4J's operations, which run on every device. */
final class PortableAttentionRows implements AttentionRows {
    private final Products products;

    PortableAttentionRows(Products products) {
        this.products = products;
    }

    @Override
    public Step softmax(INDArray scores, INDArray bias, INDArray keyTokens, boolean causal, Nd4jMemory memory) {
        List<Step> steps = new ArrayList<>();
        if (bias != null) {
            INDArray stretched = bias.reshape(1, bias.size(0), bias.size(1), bias.size(2));
            steps.add(NativeOperation.binary("add", scores, stretched, scores));
        }
        if (keyTokens != null) {
            steps.add(addKeyMask(keyTokens, scores, memory));
        }
        if (causal) {
            steps.add(NativeOperation.binary("add", scores, causalMask(scores.size(2), scores.size(3)), scores));
        }
        steps.add(NativeOperation.named("softmax").integers(3).prepare(new INDArray[] {scores}, scores));
        return Step.sequence(steps.toArray(Step[]::new));
    }

    @Override
    public Step softmaxGradient(INDArray probabilities, INDArray gradient, INDArray sum, Nd4jMemory memory) {
        long[] shape = gradient.shape();
        INDArray[] scratch = memory.scratch(shape, new long[] {shape[0], shape[1], shape[2], 1});
        INDArray product = scratch[0];
        INDArray sums = scratch[1];
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

    /** scores += −10⁹ for the keys whose token is 0. */
    private static Step addKeyMask(INDArray tokens, INDArray scores, Nd4jMemory memory) {
        INDArray padded = Nd4j.create(DataType.BOOL, tokens.shape());
        INDArray mask = Nd4j.create(DataType.FLOAT, tokens.shape());
        INDArray stretched = mask.reshape(tokens.size(0), 1, 1, tokens.size(1));
        return Step.sequence(
                NativeOperation.binary("equals", tokens, Nd4j.scalar(DataType.INT, 0), padded),
                TokenKernels.cast(padded, mask),
                NativeOperation.binary("multiply", mask, memory.scalar(Attention.MASK), mask),
                NativeOperation.binary("add", scores, stretched, scores));
    }

    private static INDArray causalMask(long queries, long keys) {
        float[] mask = new float[Math.toIntExact(queries * keys)];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % keys > i / keys ? (float) Attention.MASK : 0;
        }
        return Nd4j.createFromArray(mask).reshape(1, 1, queries, keys);
    }
}
