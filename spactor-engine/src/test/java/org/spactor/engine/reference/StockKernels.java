package org.spactor.engine.reference;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** The kernels of SameDiff's own operations, by their names in SameDiff. */
final class StockKernels {
    private StockKernels() {}

    static Map<String, Kernel> all() {
        Map<String, Kernel> kernels = new TreeMap<>();
        addBinary(kernels);
        addTransforms(kernels);
        addMovements(kernels);
        kernels.put("softmax", SoftmaxKernels::forward);
        kernels.put("softmax_bp", SoftmaxKernels::gradient);
        kernels.put("matmul", MatrixProductKernels::forward);
        kernels.put("matmul_bp", MatrixProductKernels::gradient);
        kernels.put("reduce_sum", ReductionKernels::sum);
        kernels.put("reduce_sum_bp", ReductionKernels::sumGradient);
        kernels.put("reduce_mean", ReductionKernels::mean);
        kernels.put("reduce_mean_bp", ReductionKernels::meanGradient);
        kernels.put("reduce_max", ReductionKernels::max);
        kernels.put("reduce_max_bp", ReductionKernels::maxGradient);
        return kernels;
    }

    private static void addBinary(Map<String, Kernel> kernels) {
        kernels.put("add", BinaryKernels.forward((x, y) -> x + y));
        kernels.put("add_bp", BinaryKernels.gradient((x, y) -> 1, (x, y) -> 1));
        kernels.put("subtract", BinaryKernels.forward((x, y) -> x - y));
        kernels.put("subtract_bp", BinaryKernels.gradient((x, y) -> 1, (x, y) -> -1));
        kernels.put("multiply", BinaryKernels.forward((x, y) -> x * y));
        kernels.put("multiply_bp", BinaryKernels.gradient((x, y) -> y, (x, y) -> x));
        kernels.put("divide", BinaryKernels.forward((x, y) -> x / y));
        kernels.put("divide_bp", BinaryKernels.gradient((x, y) -> 1 / y, (x, y) -> -x / (y * y)));
    }

    private static void addTransforms(Map<String, Kernel> kernels) {
        kernels.put("tanh", TransformKernels.forward(Math::tanh));
        kernels.put("tanh_bp", TransformKernels.gradient(x -> 1 - Math.tanh(x) * Math.tanh(x)));
        kernels.put("sigmoid", TransformKernels.forward(StockKernels::sigmoid));
        kernels.put("sigmoid_bp", TransformKernels.gradient(x -> sigmoid(x) * (1 - sigmoid(x))));
        kernels.put("exp", TransformKernels.forward(Math::exp));
        kernels.put("log", TransformKernels.forward(Math::log));
        kernels.put("sqrt", TransformKernels.forward(Math::sqrt));
        kernels.put("neg", TransformKernels.forward(x -> -x));
        kernels.put("abs", TransformKernels.forward(Math::abs));
        kernels.put("sign", TransformKernels.forward(Math::signum));
        kernels.put("sin", TransformKernels.forward(Math::sin));
        kernels.put("cos", TransformKernels.forward(Math::cos));
        // ND4J's gelu is the sigmoid form
        DoubleUnaryOperator gate = x -> sigmoid(1.702 * x);
        kernels.put("gelu", TransformKernels.forward(x -> x * gate.applyAsDouble(x)));
        kernels.put("_geluderivative", TransformKernels.forward(x -> {
            double open = gate.applyAsDouble(x);
            return open + 1.702 * x * open * (1 - open);
        }));
    }

    private static void addMovements(Map<String, Kernel> kernels) {
        kernels.put("concat", MovementKernels::concat);
        kernels.put("concat_bp", MovementKernels::concatGradient);
        kernels.put("split", MovementKernels::split);
        kernels.put("stack", MovementKernels::stack);
        kernels.put("unstack", MovementKernels::unstack);
        kernels.put("tile", MovementKernels::tile);
        kernels.put("tile_bp", MovementKernels::tileGradient);
        kernels.put("strided_slice", StridedSliceKernels::forward);
        kernels.put("strided_slice_bp", StridedSliceKernels::gradient);
        kernels.put("zeroslike", MovementKernels::zeros);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
