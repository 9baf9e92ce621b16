package org.spactor.cuda;

import java.util.HashMap;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.kernel.Kernels;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;

/** Runs plans on one card. Parameters, gradients, what the optimizer remembers and all intermediate values stay there. */
public final class CudaBackend implements Backend {
    private final Device device;
    private final Kernels kernels = Kernels.standard();
    private final boolean timed;

    /** On a device, which is the caller's to close. */
    public CudaBackend(Device device) {
        this(device, false);
    }

    /**
     * On a device, which is the caller's to close.
     *
     * @param timed whether programs wait for every instruction and look at the clock: for profiles, and slower
     */
    public CudaBackend(Device device, boolean timed) {
        this.device = device;
        this.timed = timed;
    }

    /** The card. */
    public Device device() {
        return device;
    }

    @Override
    public String productLibrary() {
        return device.productLibrary();
    }

    @Override
    public boolean takesBFloat16() {
        return true;
    }

    @Override
    public void synchronize() {
        device.synchronize();
    }

    @Override
    public boolean fusesAttention() {
        return true;
    }

    @Override
    public DeviceTensor allocate(ElementType type, long... shape) {
        return CudaTensor.allocate(device, type, shape);
    }

    @Override
    public Program prepare(Plan plan, Map<String, ? extends DeviceTensor> tensors, int threads) {
        Map<String, Long> addresses = new HashMap<>();
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter shared) {
                addresses.put(shared.name(), address(buffer, shared.name(), tensors.get(shared.name())));
            }
        }
        return new CudaProgram(device, plan, kernels, addresses, timed);
    }

    private long address(Buffer buffer, String name, DeviceTensor tensor) {
        if (!(tensor instanceof CudaTensor ours) || ours.device() != device) {
            throw new IllegalArgumentException("no tensor on " + device.name() + " for '" + name + "': "
                    + (tensor == null ? "there is none" : tensor.getClass()));
        }
        if (tensor.type() != buffer.type() || tensor.elements() != buffer.elements()) {
            throw new IllegalArgumentException(
                    "the tensor for '" + name + "' has " + tensor.elements() + " elements of " + tensor.type()
                            + ", but the plan has " + buffer.elements() + " of " + buffer.type());
        }
        return ours.address();
    }
}
