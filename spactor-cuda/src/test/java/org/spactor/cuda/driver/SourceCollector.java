package org.spactor.cuda.driver;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.spactor.cuda.CudaBackend;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.KernelSource;
import org.spactor.cuda.device.MatrixProduct;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.Plan;

/** A device that does nothing but remember which kernels are asked for, with which macros. */
final class SourceCollector implements Device {
    private final Set<KernelSource> sources = new LinkedHashSet<>();
    private long next = 1 << 20;

    /** All kernels that plans need. */
    static Set<KernelSource> of(Iterable<Plan> plans) {
        SourceCollector collector = new SourceCollector();
        CudaBackend backend = new CudaBackend(collector);
        for (Plan plan : plans) {
            Map<String, DeviceTensor> tensors = new LinkedHashMap<>();
            for (Buffer buffer : plan.buffers()) {
                if (buffer.storage() instanceof Buffer.Storage.Parameter parameter) {
                    tensors.put(parameter.name(), backend.allocate(buffer.type(), buffer.elements()));
                }
            }
            backend.prepare(plan, tensors).close();
        }
        return collector.sources;
    }

    @Override
    public String name() {
        return "nothing";
    }

    @Override
    public String productLibrary() {
        return "nothing";
    }

    @Override
    public long freeBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public long totalBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public long allocate(long bytes) {
        next += (bytes + 511) / 512 * 512;
        return next;
    }

    @Override
    public void free(long address) {
        // nothing was taken
    }

    @Override
    public void upload(long address, ByteBuffer bytes) {
        // nobody reads it
    }

    @Override
    public void download(long address, ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(long from, long to, long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void zero(long address, long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeviceFunction function(KernelSource source, String name) {
        sources.add(source);
        return new DeviceFunction() {};
    }

    @Override
    public void launch(DeviceFunction function, Grid grid, Object... arguments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeviceProduct prepare(MatrixProduct product) {
        return (left, right, addend, result) -> {
            throw new UnsupportedOperationException();
        };
    }

    @Override
    public Recording record(Runnable work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void synchronize() {
        // nothing is ever left to do
    }

    @Override
    public void close() {
        // nothing is held
    }
}
