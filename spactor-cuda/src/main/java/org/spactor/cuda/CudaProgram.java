package org.spactor.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.kernel.Kernel;
import org.spactor.cuda.kernel.Kernels;
import org.spactor.cuda.kernel.ProgramMemory;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Profile;

/**
 * An instance of a plan on a card: its own memory, and prepared work for every instruction. The first run asks for the
 * work piece by piece; the second one records it, and from there on it is done in one go.
 */
final class CudaProgram implements Program {
    private final Device device;
    private final Plan plan;
    private final ProgramMemory memory;
    private final List<Kernel.Work> work = new ArrayList<>();
    private final Map<String, Buffer> inputs = new HashMap<>();
    private final Map<Boolean, Integer> runs = new HashMap<>();
    private final Map<Boolean, Device.Recording> recordings = new HashMap<>();
    private final boolean timed;
    private final long[] nanoseconds;
    private long timedRuns;

    CudaProgram(Device device, Plan plan, Kernels kernels, Map<String, Long> parameters, boolean timed) {
        this.timed = timed;
        this.nanoseconds = new long[plan.instructions().size()];
        this.device = device;
        this.plan = plan;
        this.memory = new ProgramMemory(device, plan, parameters);
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Input input) {
                inputs.put(input.name(), buffer);
            }
        }
        for (Instruction instruction : plan.instructions()) {
            work.add(kernels.prepare(instruction, memory));
        }
        memory.seal();
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public void setInput(String name, int[] values) {
        Buffer buffer = inputs.get(name);
        if (buffer != null) {
            ByteBuffer bytes = input(name, buffer, ElementType.INT32, values.length);
            bytes.asIntBuffer().put(values);
            device.upload(memory.address(buffer), bytes);
        }
    }

    @Override
    public void setInput(String name, long value) {
        Buffer buffer = inputs.get(name);
        if (buffer != null) {
            ByteBuffer bytes = input(name, buffer, ElementType.INT64, 1);
            bytes.putLong(0, value);
            device.upload(memory.address(buffer), bytes);
        }
    }

    @Override
    public void setNumber(String name, double value) {
        Buffer buffer = inputs.get(name);
        if (buffer != null) {
            ByteBuffer bytes = input(name, buffer, ElementType.FLOAT64, 1);
            bytes.putDouble(0, value);
            device.upload(memory.address(buffer), bytes);
        }
    }

    @Override
    public void setInput(String name, float... values) {
        Buffer buffer = inputs.get(name);
        if (buffer != null) {
            ByteBuffer bytes = input(name, buffer, ElementType.FLOAT32, values.length);
            bytes.asFloatBuffer().put(values);
            device.upload(memory.address(buffer), bytes);
        }
    }

    private static ByteBuffer input(String name, Buffer buffer, ElementType type, int length) {
        if (buffer.elements() != length || buffer.type() != type) {
            throw new IllegalArgumentException("input '" + name + "' takes " + buffer.elements() + " values of "
                    + buffer.type() + ", but got " + length + " of " + type);
        }
        return ByteBuffer.allocateDirect(length * type.bytes()).order(ByteOrder.nativeOrder());
    }

    @Override
    public void run(boolean accumulates) {
        if (work.isEmpty()) {
            return;
        }
        if (timed) {
            runAndTime(accumulates);
            return;
        }
        int before = runs.merge(accumulates, 1, Integer::sum);
        if (before == 1) {
            enqueue(accumulates);
            return;
        }
        recordings
                .computeIfAbsent(accumulates, a -> device.record(() -> enqueue(a)))
                .replay();
    }

    private void runAndTime(boolean accumulates) {
        device.synchronize();
        for (int i = 0; i < nanoseconds.length; i++) {
            long start = System.nanoTime();
            work.get(i).enqueue(accumulates);
            device.synchronize();
            nanoseconds[i] += System.nanoTime() - start;
        }
        timedRuns++;
    }

    private void enqueue(boolean accumulates) {
        for (Kernel.Work piece : work) {
            piece.enqueue(accumulates);
        }
    }

    @Override
    public DeviceTensor result(String name) {
        Operand operand = operand(name);
        return CudaTensor.view(device, operand.buffer().type(), operand.shape(), memory.address(operand));
    }

    @Override
    public double[] numbers(String name) {
        Operand operand = operand(name);
        ElementType type = operand.buffer().type();
        int elements = Math.toIntExact(operand.elements());
        ByteBuffer bytes = ByteBuffer.allocateDirect(elements * type.bytes()).order(ByteOrder.nativeOrder());
        device.download(memory.address(operand), bytes.duplicate().order(ByteOrder.nativeOrder()));
        double[] numbers = new double[elements];
        for (int i = 0; i < elements; i++) {
            numbers[i] = switch (type) {
                case FLOAT32 -> bytes.getFloat(i * Float.BYTES);
                case FLOAT64 -> bytes.getDouble(i * Double.BYTES);
                case INT32 -> bytes.getInt(i * Integer.BYTES);
                case INT64 -> bytes.getLong(i * Long.BYTES);
                case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(i * Short.BYTES) << 16);
            };
        }
        return numbers;
    }

    private Operand operand(String name) {
        Operand operand = plan.results().get(name);
        if (operand == null) {
            throw new IllegalArgumentException("the plan has no result '" + name + "'; it has "
                    + plan.results().keySet());
        }
        if (!operand.isContiguous()) {
            throw new IllegalArgumentException("the result '" + name + "' is a view that is not contiguous");
        }
        return operand;
    }

    @Override
    public void addTimesTo(Profile profile) {
        for (int i = 0; timedRuns > 0 && i < nanoseconds.length; i++) {
            Instruction instruction = plan.instructions().get(i);
            profile.add(instruction.kind(), timedRuns, nanoseconds[i], timedRuns * instruction.flops());
        }
        Arrays.fill(nanoseconds, 0);
        timedRuns = 0;
    }

    @Override
    public void close() {
        recordings.values().forEach(Device.Recording::close);
        memory.close();
    }
}
