package org.spactor.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.HostKernels;
import org.spactor.engine.op.Attention;

/** One pass over the scores in Java. */
final class CpuAttentionRows implements AttentionRows {
    @Override
    public Step softmax(INDArray scores, INDArray bias, INDArray keyTokens, boolean causal, Nd4jMemory memory) {
        float mask = (float) Attention.MASK;
        return CpuKernels.split(
                scores.size(1),
                1,
                memory,
                heads -> HostKernels.attentionSoftmax(scores, bias, keyTokens, causal, mask, heads));
    }

    @Override
    public Step softmaxGradient(INDArray probabilities, INDArray gradient, INDArray sum, Nd4jMemory memory) {
        return CpuKernels.split(
                gradient.size(1), 1, memory, heads -> HostKernels.softmaxGradient(probabilities, gradient, sum, heads));
    }
}
