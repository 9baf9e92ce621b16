package org.spactor.engine.train;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.nd4j.Rounding;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;

/**
 * What a plan reads of a model's parameters: the parameters themselves, and the copies rounded to bfloat16 that its
 * products take. The copies are shared by all replicas and made anew before they run.
 */
final class RoundedParameters implements AutoCloseable {
    private final Map<String, INDArray> arrays;
    private final Map<INDArray, INDArray> copies = new IdentityHashMap<>();
    private final Rounding rounding;

    RoundedParameters(Plan plan, Parameters parameters, Nd4jBackend backend, int threads) {
        this.arrays = new HashMap<>(parameters.arrays());
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter parameter
                    && buffer.type() == ElementType.BFLOAT16) {
                INDArray original = parameters.array(PlanCompiler.originalOf(parameter.name()));
                INDArray copy = Nd4j.createUninitializedDetached(DataType.BFLOAT16, 'c', original.shape());
                arrays.put(parameter.name(), copy);
                copies.put(original, copy);
            }
        }
        this.rounding = backend.rounding(copies, threads);
    }

    /** Everything by the name that the plan knows it by. */
    Map<String, INDArray> arrays() {
        return arrays;
    }

    /** Rounds the parameters as they are now. */
    void update(Workers threads) {
        if (!copies.isEmpty()) {
            threads.each(rounding::round);
        }
    }

    @Override
    public void close() {
        rounding.close();
        copies.values().forEach(INDArray::close);
    }
}
