package org.spactor.engine.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;

/**
 * What a plan reads of a model's parameters: the parameters themselves, and the copies rounded to bfloat16 that its
 * products take. The copies are shared by all replicas and made anew before they run.
 */
public final class RoundedParameters implements AutoCloseable {
    private final Map<String, DeviceTensor> tensors;
    private final List<DeviceTensor> copies = new ArrayList<>();
    private final Program rounding;

    /**
     * Makes room for the copies.
     *
     * @param parameters by name, of the backend
     * @param threads how many threads share the work
     */
    public RoundedParameters(Plan plan, Map<String, ? extends DeviceTensor> parameters, Backend backend, int threads) {
        this.tensors = new HashMap<>(parameters);
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter parameter
                    && buffer.type() == ElementType.BFLOAT16) {
                DeviceTensor copy = backend.allocate(ElementType.BFLOAT16, buffer.elements());
                tensors.put(parameter.name(), copy);
                copies.add(copy);
            }
        }
        this.rounding = backend.prepare(StepPlans.rounding(plan), tensors, threads);
    }

    /** Everything by the name that the plan knows it by. */
    public Map<String, DeviceTensor> tensors() {
        return tensors;
    }

    /** Rounds the parameters as they are now. */
    public void update() {
        rounding.run();
    }

    @Override
    public void close() {
        rounding.close();
        copies.forEach(DeviceTensor::close);
    }
}
