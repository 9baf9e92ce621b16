package org.spactor.engine.reference;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.spactor.engine.plan.Kinds;

/** The kernels of SameDiff's own operations, by their kinds. */
final class StockKernels {
    private StockKernels() {}

    static Map<String, Kernel> all() {
        Map<String, Kernel> kernels = new TreeMap<>();
        addBinary(kernels);
        addTransforms(kernels);
        addMovements(kernels);
        kernels.put(Kinds.STOCK_SOFTMAX, SoftmaxKernels::forward);
        kernels.put(Kinds.STOCK_SOFTMAX_GRADIENT, SoftmaxKernels::gradient);
        kernels.put(Kinds.STOCK_MATMUL, MatrixProductKernels::forward);
        kernels.put(Kinds.STOCK_MATMUL_GRADIENT, MatrixProductKernels::gradient);
        kernels.put(Kinds.STOCK_REDUCE_SUM, ReductionKernels::sum);
        kernels.put(Kinds.STOCK_REDUCE_SUM_GRADIENT, ReductionKernels::sumGradient);
        kernels.put(Kinds.STOCK_REDUCE_MEAN, ReductionKernels::mean);
        kernels.put(Kinds.STOCK_REDUCE_MEAN_GRADIENT, ReductionKernels::meanGradient);
        kernels.put(Kinds.STOCK_REDUCE_MAX, ReductionKernels::max);
        kernels.put(Kinds.STOCK_REDUCE_MAX_GRADIENT, ReductionKernels::maxGradient);
        return kernels;
    }

    private static void addBinary(Map<String, Kernel> kernels) {
        kernels.put(Kinds.STOCK_ADD, BinaryKernels.forward((x, y) -> x + y));
        kernels.put(Kinds.STOCK_ADD_GRADIENT, BinaryKernels.gradient((x, y) -> 1, (x, y) -> 1));
        kernels.put(Kinds.STOCK_SUBTRACT, BinaryKernels.forward((x, y) -> x - y));
        kernels.put(Kinds.STOCK_SUBTRACT_GRADIENT, BinaryKernels.gradient((x, y) -> 1, (x, y) -> -1));
        kernels.put(Kinds.STOCK_MULTIPLY, BinaryKernels.forward((x, y) -> x * y));
        kernels.put(Kinds.STOCK_MULTIPLY_GRADIENT, BinaryKernels.gradient((x, y) -> y, (x, y) -> x));
        kernels.put(Kinds.STOCK_DIVIDE, BinaryKernels.forward((x, y) -> x / y));
        kernels.put(Kinds.STOCK_DIVIDE_GRADIENT, BinaryKernels.gradient((x, y) -> 1 / y, (x, y) -> -x / (y * y)));
    }

    private static void addTransforms(Map<String, Kernel> kernels) {
        kernels.put(Kinds.STOCK_TANH, TransformKernels.forward(Math::tanh));
        kernels.put(Kinds.STOCK_TANH_GRADIENT, TransformKernels.gradient(x -> 1 - Math.tanh(x) * Math.tanh(x)));
        kernels.put(Kinds.STOCK_SIGMOID, TransformKernels.forward(StockKernels::sigmoid));
        kernels.put(Kinds.STOCK_SIGMOID_GRADIENT, TransformKernels.gradient(x -> sigmoid(x) * (1 - sigmoid(x))));
        kernels.put(Kinds.STOCK_EXP, TransformKernels.forward(Math::exp));
        kernels.put(Kinds.STOCK_LOG, TransformKernels.forward(Math::log));
        kernels.put(Kinds.STOCK_NEG, TransformKernels.forward(x -> -x));
        kernels.put(Kinds.STOCK_ABS, TransformKernels.forward(Math::abs));
        kernels.put(Kinds.STOCK_SIGN, TransformKernels.forward(Math::signum));
        kernels.put(Kinds.STOCK_SIN, TransformKernels.forward(Math::sin));
        kernels.put(Kinds.STOCK_COS, TransformKernels.forward(Math::cos));
        // ND4J's gelu is the sigmoid form
        DoubleUnaryOperator gate = x -> sigmoid(1.702 * x);
        kernels.put(Kinds.STOCK_GELU, TransformKernels.forward(x -> x * gate.applyAsDouble(x)));
        kernels.put(Kinds.STOCK_GELU_DERIVATIVE, TransformKernels.forward(x -> {
            double open = gate.applyAsDouble(x);
            return open + 1.702 * x * open * (1 - open);
        }));
    }

    private static void addMovements(Map<String, Kernel> kernels) {
        kernels.put(Kinds.STOCK_CONCAT, MovementKernels::concat);
        kernels.put(Kinds.STOCK_CONCAT_GRADIENT, MovementKernels::concatGradient);
        kernels.put(Kinds.STOCK_SPLIT, MovementKernels::split);
        kernels.put(Kinds.STOCK_STACK, MovementKernels::stack);
        kernels.put(Kinds.STOCK_UNSTACK, MovementKernels::unstack);
        kernels.put(Kinds.STOCK_TILE, MovementKernels::tile);
        kernels.put(Kinds.STOCK_TILE_GRADIENT, MovementKernels::tileGradient);
        kernels.put(Kinds.STOCK_STRIDED_SLICE, StridedSliceKernels::forward);
        kernels.put(Kinds.STOCK_STRIDED_SLICE_GRADIENT, StridedSliceKernels::gradient);
        kernels.put(Kinds.STOCK_ZEROS_LIKE, MovementKernels::zeros);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
