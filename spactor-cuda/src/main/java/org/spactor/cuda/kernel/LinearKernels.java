package org.spactor.cuda.kernel;

import java.util.Map;
import org.spactor.cuda.device.Device.DeviceProduct;
import org.spactor.cuda.device.MatrixProduct;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Shape;

/** Dense layers: nothing but matrix products, with what is added to them. */
final class LinearKernels {
    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.LINEAR, product(false, true));
        kernels.put(Kinds.LINEAR_INPUT_GRADIENT, product(false, false));
        kernels.put(Kinds.LINEAR_WEIGHT_GRADIENT, product(true, false));
    }

    private static Kernel product(boolean transposeLeft, boolean transposeRight) {
        return (instruction, memory) -> {
            Operand left = instruction.input(0);
            Operand right = instruction.input(1);
            Operand product = instruction.output(0);
            long a = memory.address(left);
            long b = memory.address(right);
            long c = memory.address(product);
            DeviceProduct plain = memory.device().prepare(shape(instruction, transposeLeft, transposeRight, false));
            if (instruction.adds()) {
                long addend = memory.address(instruction.input(OperandNames.ADDEND));
                DeviceProduct adding = memory.device().prepare(shape(instruction, transposeLeft, transposeRight, true));
                return accumulates -> adding.enqueue(a, b, addend, c);
            }
            if (instruction.accumulates()) {
                DeviceProduct adding = memory.device().prepare(shape(instruction, transposeLeft, transposeRight, true));
                return accumulates -> (accumulates ? adding : plain).enqueue(a, b, c, c);
            }
            return accumulates -> plain.enqueue(a, b, c, c);
        };
    }

    private static MatrixProduct shape(
            Instruction instruction, boolean transposeLeft, boolean transposeRight, boolean adds) {
        Operand left = instruction.input(0);
        Operand product = instruction.output(0);
        long m = Shape.rows(product.shape());
        long n = Shape.columns(product.shape());
        long k = transposeLeft ? Shape.rows(left.shape()) : Shape.columns(left.shape());
        return MatrixProduct.of(
                m, n, k, left.buffer().type(), product.buffer().type(), transposeLeft, transposeRight, adds);
    }
}
