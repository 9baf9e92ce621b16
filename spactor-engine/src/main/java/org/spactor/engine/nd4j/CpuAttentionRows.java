package org.spactor.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.HostKernels;
import org.spactor.engine.op.Attention;

/** One pass over the scores in Java. */
final class CpuAttentionRows implements AttentionRows {
    @Override
    public Step softmax(INDArray scores, INDArray bias, INDArray keyTokens, boolean causal, Nd4jMemory memory) {
        return HostKernels.attentionSoftmax(scores, bias, keyTokens, causal, (float) Attention.MASK)::run;
    }

    @Override
    public Step softmaxGradient(INDArray probabilities, INDArray gradient, Nd4jMemory memory) {
        return HostKernels.softmaxGradient(probabilities, gradient)::run;
    }
}
