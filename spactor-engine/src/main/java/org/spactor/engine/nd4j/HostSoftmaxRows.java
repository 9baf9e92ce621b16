package org.spactor.engine.nd4j;

import org.spactor.engine.nd4j.host.HostKernels;

/** Softmax in Java. */
final class HostSoftmaxRows implements SoftmaxRows {
    @Override
    public Step softmax(Strided x, Place place) {
        return HostKernels.softmax(x.floats(), (int) x.sideFromEnd(1))::run;
    }

    @Override
    public Step gradient(Strided probabilities, Strided gradient, Place place) {
        int columns = (int) gradient.sideFromEnd(1);
        return HostKernels.softmaxGradient(probabilities.floats(), gradient.floats(), columns)::run;
    }
}
