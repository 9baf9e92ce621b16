package org.spactor.cuda.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;

/** The memory of one instance of a plan on a device: arenas, inputs, constants, results, and the kernels' scratch. */
public final class ProgramMemory implements AutoCloseable {
    private static final long ALIGNMENT = 256;

    private final Device device;
    private final Map<String, Long> parameters;
    private final Map<ElementType, Long> arenas = new EnumMap<>(ElementType.class);
    private final Map<Buffer.Storage, Long> owned = new HashMap<>();
    private final List<Long> allocated = new ArrayList<>();
    private long scratchBytes;
    private long scratch;

    /**
     * Takes the memory of an instance.
     *
     * @param parameters addresses of the tensors that instances share, by name
     */
    public ProgramMemory(Device device, Plan plan, Map<String, Long> parameters) {
        this.device = device;
        this.parameters = parameters;
        plan.arenas().forEach((type, elements) -> arenas.put(type, allocate(Math.max(1, elements) * type.bytes())));
        for (Buffer buffer : plan.buffers()) {
            boolean ours = !(buffer.storage() instanceof Buffer.Storage.Arena)
                    && !(buffer.storage() instanceof Buffer.Storage.Parameter);
            if (ours && !owned.containsKey(buffer.storage())) {
                owned.put(buffer.storage(), create(buffer));
            }
        }
    }

    private long create(Buffer buffer) {
        long address = allocate(Math.max(1, buffer.bytes()));
        if (buffer.storage() instanceof Buffer.Storage.Constant constant) {
            device.upload(address, bytes(buffer.type(), constant.values()));
        }
        return address;
    }

    private static ByteBuffer bytes(ElementType type, double[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(values.length * type.bytes()).order(ByteOrder.nativeOrder());
        for (double value : values) {
            switch (type) {
                case FLOAT32 -> bytes.putFloat((float) value);
                case FLOAT64 -> bytes.putDouble(value);
                case INT32 -> bytes.putInt((int) value);
                case INT64 -> bytes.putLong((long) value);
                case BFLOAT16 -> throw new IllegalArgumentException("a constant of bfloat16");
            }
        }
        return bytes.flip();
    }

    private long allocate(long bytes) {
        long address = device.allocate(bytes);
        allocated.add(address);
        return address;
    }

    /** The device that the memory is on. */
    public Device device() {
        return device;
    }

    /** Where an operand's first element is. */
    public long address(Operand operand) {
        return address(operand.buffer());
    }

    /** Where a buffer begins. */
    public long address(Buffer buffer) {
        if (buffer.storage() instanceof Buffer.Storage.Arena arena) {
            return arenas.get(buffer.type()) + arena.offset() * buffer.type().bytes();
        }
        if (buffer.storage() instanceof Buffer.Storage.Parameter parameter) {
            return parameters.get(parameter.name());
        }
        return owned.get(buffer.storage());
    }

    /** Numbers that a kernel reads, for as long as the program lives. Returns their address. */
    public long constant(ByteBuffer bytes) {
        long address = allocate(Math.max(1, bytes.remaining()));
        device.upload(address, bytes);
        return address;
    }

    /**
     * Memory for the use of one kernel while it works, which every other one overwrites.
     *
     * @param sizes of the pieces, in bytes
     */
    public Scratch scratch(long... sizes) {
        long[] offsets = new long[sizes.length];
        long end = 0;
        for (int i = 0; i < sizes.length; i++) {
            offsets[i] = end;
            end += (sizes[i] + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        scratchBytes = Math.max(scratchBytes, end);
        return piece -> scratch + offsets[piece];
    }

    /** Takes the scratch, once every kernel has said how much it needs. */
    public void seal() {
        if (scratchBytes > 0) {
            scratch = allocate(scratchBytes);
        }
    }

    @Override
    public void close() {
        allocated.forEach(device::free);
    }

    /** Memory whose address is known once the whole program is prepared. */
    @FunctionalInterface
    public interface Scratch {
        /** Where a piece begins. */
        long address(int piece);
    }
}
