package org.spactor.cuda.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.RelativePositions;
import org.spactor.engine.plan.RotaryAngles;

/** Relative position bias and rotary positions. */
final class PositionKernels {
    private static final KernelSource SOURCE = KernelSource.of("position.cu");

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.RELATIVE_POSITION_BIAS, PositionKernels::bias);
        kernels.put(Kinds.RELATIVE_POSITION_BIAS_GRADIENT, PositionKernels::biasGradient);
        kernels.put(Kinds.ROTARY_POSITIONS, PositionKernels::rotary);
    }

    private static Kernel.Work bias(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, "relative_position_bias");
        Operand table = instruction.input("table");
        Operand bias = instruction.output("bias");
        long[] shape = bias.shape();
        long buckets = memory.constant(buckets(instruction, table, shape));
        return accumulates -> device.launch(
                function,
                Grid.elements(bias.elements()),
                memory.address(table),
                buckets,
                memory.address(bias),
                bias.elements(),
                shape[1],
                shape[2],
                (int) shape[0]);
    }

    private static Kernel.Work biasGradient(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction sums = device.function(SOURCE, "sums_of_distances");
        DeviceFunction total = device.function(SOURCE, "table_gradient");
        Operand gradient = instruction.input("gradient");
        Operand table = instruction.output(0);
        long[] shape = gradient.shape();
        long buckets = memory.constant(buckets(instruction, table, shape));
        long distances = shape[1] + shape[2] - 1;
        long count = shape[0] * distances;
        ProgramMemory.Scratch scratch = memory.scratch(count * Double.BYTES);
        return accumulates -> {
            device.launch(
                    sums,
                    Grid.elements(count),
                    memory.address(gradient),
                    scratch.address(0),
                    count,
                    shape[1],
                    shape[2]);
            device.launch(
                    total,
                    Grid.elements(table.elements()),
                    scratch.address(0),
                    buckets,
                    memory.address(table),
                    table.elements(),
                    distances,
                    (int) shape[0],
                    accumulates && instruction.accumulates() ? 1 : 0);
        };
    }

    /** The bucket of every distance of a key from a query, from 1 − queries to keys − 1. */
    private static ByteBuffer buckets(Instruction instruction, Operand table, long[] bias) {
        int queries = Math.toIntExact(bias[1]);
        int keys = Math.toIntExact(bias[2]);
        boolean bidirectional = instruction.attributes().flag("bidirectional");
        int maxDistance = instruction.attributes().number("max-distance");
        int buckets = Math.toIntExact(table.shape()[0]);
        ByteBuffer bytes =
                ByteBuffer.allocateDirect((queries + keys - 1) * Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int distance = 1 - queries; distance < keys; distance++) {
            bytes.putInt(RelativePositions.bucket(distance, bidirectional, buckets, maxDistance));
        }
        return bytes.flip();
    }

    private static Kernel.Work rotary(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, "rotary_positions");
        Operand x = instruction.input("x");
        long[] shape = x.shape();
        int headWidth = Math.toIntExact(shape[2] / instruction.attributes().integer("heads"));
        int pairs = headWidth / 2;
        int length = Math.toIntExact(shape[1]);
        ByteBuffer cosines =
                ByteBuffer.allocateDirect(length * pairs * Float.BYTES).order(ByteOrder.nativeOrder());
        ByteBuffer sines =
                ByteBuffer.allocateDirect(length * pairs * Float.BYTES).order(ByteOrder.nativeOrder());
        FloatBuffer cosine = cosines.asFloatBuffer();
        FloatBuffer sine = sines.asFloatBuffer();
        for (int place = 0; place < length; place++) {
            for (int pair = 0; pair < pairs; pair++) {
                double angle = place
                        * RotaryAngles.angle(
                                pair, headWidth, instruction.attributes().real("base"));
                cosine.put((float) Math.cos(angle));
                sine.put((float) (instruction.attributes().number("direction") * Math.sin(angle)));
            }
        }
        long cosinesAddress = memory.constant(cosines);
        long sinesAddress = memory.constant(sines);
        long count = x.elements() / 2;
        return accumulates -> device.launch(
                function,
                Grid.elements(count),
                memory.address(x),
                memory.address(instruction.output("y")),
                count,
                shape[1],
                shape[2],
                (long) pairs,
                cosinesAddress,
                sinesAddress);
    }
}
