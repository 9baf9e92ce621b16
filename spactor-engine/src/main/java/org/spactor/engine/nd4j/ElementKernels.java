package org.spactor.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.HostFloats;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.RandomNumbers;

/** Operations that treat every element by itself. */
final class ElementKernels {
    /**
     * gelu(x) = x · σ(z) with z = 2√(2/π) (x + 0.044715 x³) = x (SLOPE + CUBE x²): the same function as with tanh, because ½
     * (1 + tanh a) = σ(2a), and the sigmoid is twice as fast here.
     */
    private static final double SLOPE = 2 * Math.sqrt(2 / Math.PI);

    private static final double CUBE = SLOPE * 0.044715;

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.GATED_GELU, this::gatedGelu);
        kernels.put(Kinds.GATED_GELU_GRADIENT, this::gatedGeluGradient);
        kernels.put(Kinds.GELU, this::gelu);
        kernels.put(Kinds.GELU_GRADIENT, this::geluGradient);
        kernels.put(Kinds.RECTIFIER, this::rectifier);
        kernels.put(Kinds.RECTIFIER_GRADIENT, this::rectifierGradient);
        kernels.put(Kinds.SCALE, this::scale);
        kernels.put(Kinds.WEIGH, this::weigh);
        kernels.put(Kinds.DROPOUT, this::dropout);
    }

    private Step gatedGelu(Instruction instruction, Nd4jMemory memory) {
        INDArray gate = memory.vector(instruction.input("gate"));
        INDArray value = memory.vector(instruction.input("value"));
        INDArray y = memory.vector(instruction.output("y"));
        return Step.sequence(
                sigmoidOfGate(gate, y, memory),
                NativeOperation.binary("multiply", y, gate, y),
                NativeOperation.binary("multiply", y, value, y));
    }

    private Step gelu(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.vector(instruction.input("x"));
        INDArray y = memory.vector(instruction.output("y"));
        return Step.sequence(sigmoidOfGate(x, y, memory), NativeOperation.binary("multiply", y, x, y));
    }

    private Step geluGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.vector(instruction.input("x"));
        INDArray gradient = memory.vector(instruction.input("gradient"));
        INDArray result = memory.vector(instruction.output("x-gradient"));
        INDArray[] scratch = memory.scratch(new long[] {x.length()}, new long[] {x.length()});
        INDArray sigmoid = scratch[0];
        return Step.sequence(
                sigmoidOfGate(x, sigmoid, memory),
                slope(x, result, memory),
                NativeOperation.binary("multiply", result, x, result),
                NativeOperation.binary("multiply", result, sigmoid, result),
                blend(result, sigmoid, scratch[1], memory),
                NativeOperation.binary("multiply", result, gradient, result));
    }

    /** SLOPE + 3 CUBE x². */
    private static Step slope(INDArray x, INDArray result, Nd4jMemory memory) {
        return Step.sequence(
                NativeOperation.binary("multiply", x, x, result),
                NativeOperation.binary("multiply", result, memory.scalar(3 * CUBE), result),
                NativeOperation.binary("add", result, memory.scalar(SLOPE), result));
    }

    /** σ(x (SLOPE + CUBE x²)). */
    private static Step sigmoidOfGate(INDArray gate, INDArray result, Nd4jMemory memory) {
        return Step.sequence(
                NativeOperation.binary("multiply", gate, gate, result),
                NativeOperation.binary("multiply", result, memory.scalar(CUBE), result),
                NativeOperation.binary("add", result, memory.scalar(SLOPE), result),
                NativeOperation.binary("multiply", result, gate, result),
                NativeOperation.unary("sigmoid", result, result));
    }

    /** gelu'(x) = σ + x σ (1 − σ) (SLOPE + 3 CUBE x²). */
    private Step gatedGeluGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray gate = memory.vector(instruction.input("gate"));
        INDArray value = memory.vector(instruction.input("value"));
        INDArray gradient = memory.vector(instruction.input("gradient"));
        INDArray gateGradient = memory.vector(instruction.output("gate-gradient"));
        INDArray valueGradient = memory.vector(instruction.output("value-gradient"));
        INDArray[] scratch = memory.scratch(new long[] {gate.length()}, new long[] {gate.length()});
        INDArray sigmoid = scratch[0];
        return Step.sequence(
                sigmoidOfGate(gate, sigmoid, memory),
                // gelu, for now in the place of the value's gradient
                NativeOperation.binary("multiply", sigmoid, gate, valueGradient),
                slope(gate, gateGradient, memory),
                NativeOperation.binary("multiply", gateGradient, valueGradient, gateGradient),
                NativeOperation.binary("multiply", valueGradient, gradient, valueGradient),
                // gelu' = (gelu · slope) · (1 − σ) + σ
                blend(gateGradient, sigmoid, scratch[1], memory),
                NativeOperation.binary("multiply", gateGradient, value, gateGradient),
                NativeOperation.binary("multiply", gateGradient, gradient, gateGradient));
    }

    /** a ← a − (a − 1) · s = a (1 − s) + s. */
    private static Step blend(INDArray a, INDArray s, INDArray scratch, Nd4jMemory memory) {
        return Step.sequence(
                NativeOperation.binary("subtract", a, memory.scalar(1), scratch),
                NativeOperation.binary("multiply", scratch, s, scratch),
                NativeOperation.binary("subtract", a, scratch, a));
    }

    private Step rectifier(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.vector(instruction.input("x"));
        return NativeOperation.named("relu")
                .reals(0)
                .prepare(new INDArray[] {x}, memory.vector(instruction.output("y")));
    }

    private Step rectifierGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray y = memory.vector(instruction.input("y"));
        INDArray gradient = memory.vector(instruction.input("gradient"));
        INDArray result = memory.vector(instruction.output("x-gradient"));
        return Step.sequence(
                NativeOperation.unary("sign", y, result), NativeOperation.binary("multiply", result, gradient, result));
    }

    private Step scale(Instruction instruction, Nd4jMemory memory) {
        INDArray factor = memory.scalar(instruction.attributes().real("factor"));
        INDArray x = memory.vector(instruction.input("x"));
        return NativeOperation.binary("multiply", x, factor, memory.vector(instruction.output("y")));
    }

    private Step weigh(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.vector(instruction.input("x"));
        INDArray weight = memory.vector(instruction.input("weight"));
        return NativeOperation.binary("multiply", x, weight, memory.vector(instruction.output("y")));
    }

    private Step dropout(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.vector(instruction.input("x"));
        INDArray key = memory.vector(instruction.input("random-key"));
        INDArray y = memory.vector(instruction.output("y"));
        INDArray mask = memory.scratch(new long[] {x.length()})[0];
        double rate = instruction.attributes().real("rate");
        long salt = instruction.attributes().integer("salt");
        return Step.sequence(dropoutMask(mask, key, rate, salt), NativeOperation.binary("multiply", x, mask, y));
    }

    /** Fills a mask with 0 and 1/(1 − rate), on the host: the random numbers must not depend on the device. */
    static Step dropoutMask(INDArray mask, INDArray key, double rate, long salt) {
        float kept = (float) (1 / (1 - rate));
        return () -> {
            long current = key.getLong(0);
            HostFloats host = HostFloats.of(mask);
            FloatBuffer elements = host.elements();
            for (int i = 0; i < elements.limit(); i++) {
                elements.put(i, RandomNumbers.keeps(current, salt, i, rate) ? kept : 0);
            }
            host.commit();
        };
    }
}
