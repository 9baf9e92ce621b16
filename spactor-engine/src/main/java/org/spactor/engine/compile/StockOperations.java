package org.spactor.engine.compile;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Shape;

/**
 * SameDiff's own operations, as far as they are verified. Verified means: the gradient that SameDiff makes of it was
 * compared with finite differences in double precision. Only what was verified is let through, because several of
 * SameDiff's gradients are silently wrong.
 */
final class StockOperations {
    private static final List<String> TRANSFORMS = List.of(
            Kinds.STOCK_ABS,
            Kinds.STOCK_COS,
            Kinds.STOCK_EXP,
            Kinds.STOCK_GELU,
            Kinds.STOCK_GELU_DERIVATIVE,
            Kinds.STOCK_LOG,
            Kinds.STOCK_NEG,
            Kinds.STOCK_SIGMOID,
            Kinds.STOCK_SIGN,
            Kinds.STOCK_SIN,
            Kinds.STOCK_TANH);

    private static final List<String> STRETCHING =
            List.of(Kinds.STOCK_ADD, Kinds.STOCK_DIVIDE, Kinds.STOCK_MULTIPLY, Kinds.STOCK_SUBTRACT);

    private static final List<String> STRETCHING_GRADIENTS = List.of(
            Kinds.STOCK_ADD_GRADIENT,
            Kinds.STOCK_DIVIDE_GRADIENT,
            Kinds.STOCK_MULTIPLY_GRADIENT,
            Kinds.STOCK_SUBTRACT_GRADIENT);

    private static final List<String> REDUCTIONS =
            List.of(Kinds.STOCK_REDUCE_MAX, Kinds.STOCK_REDUCE_MEAN, Kinds.STOCK_REDUCE_SUM);

    private static final List<String> REDUCTION_GRADIENTS =
            List.of(Kinds.STOCK_REDUCE_MAX_GRADIENT, Kinds.STOCK_REDUCE_MEAN_GRADIENT, Kinds.STOCK_REDUCE_SUM_GRADIENT);

    private static final Map<String, StockOperation> BY_KIND = all();

    private StockOperations() {}

    /** The operation of one of {@link #kinds()}. */
    static StockOperation ofKind(String kind) {
        return BY_KIND.get(kind);
    }

    /** The kinds of all that are verified. */
    static Set<String> kinds() {
        return BY_KIND.keySet();
    }

    private static Map<String, StockOperation> all() {
        Map<String, StockOperation> all = new HashMap<>();
        addArithmetic(all);
        addReductions(all);
        addProducts(all);
        addMovements(all);
        addViews(all);
        return Collections.unmodifiableMap(all);
    }

    private static void addArithmetic(Map<String, StockOperation> all) {
        StockOperation transform = StockOperation.of(StockSettings::none, StockShapes::first);
        TRANSFORMS.forEach(kind -> all.put(kind, transform.overwriting()));
        all.put(Kinds.STOCK_SIGMOID_GRADIENT, transform);
        all.put(Kinds.STOCK_TANH_GRADIENT, transform);
        all.put(Kinds.STOCK_ZEROS_LIKE, transform);
        StockOperation stretching = StockOperation.of(StockSettings::none, StockShapes::stretched);
        STRETCHING.forEach(kind -> all.put(kind, stretching.overwriting()));
        StockOperation gradient = StockOperation.of(StockSettings::none, StockShapes::allButGradient);
        STRETCHING_GRADIENTS.forEach(kind -> all.put(kind, gradient));
    }

    private static void addReductions(Map<String, StockOperation> all) {
        StockOperation softmax = StockOperation.of(StockSettings::axis, StockShapes::firstWithAxis);
        all.put(Kinds.STOCK_SOFTMAX, softmax);
        all.put(Kinds.STOCK_SOFTMAX_GRADIENT, softmax);
        StockOperation reduction = StockOperation.of(StockSettings::reduction, StockShapes::reduced);
        REDUCTIONS.forEach(kind -> all.put(kind, reduction));
        StockOperation gradient = StockOperation.of(StockSettings::reduction, StockShapes::first);
        REDUCTION_GRADIENTS.forEach(kind -> all.put(kind, gradient));
    }

    private static void addProducts(Map<String, StockOperation> all) {
        StockOperation product = StockOperation.of(StockSettings::product, StockShapes::product);
        all.put(
                Kinds.STOCK_MATMUL,
                product.multiplying((inputs, outputs) -> flops(inputs.get(0), inputs.get(1), outputs.get(0))));
        StockOperation gradient = StockOperation.of(StockSettings::product, StockShapes::allButGradient);
        all.put(
                Kinds.STOCK_MATMUL_GRADIENT,
                gradient.multiplying((inputs, outputs) -> 2 * flops(inputs.get(0), inputs.get(1), inputs.get(2))));
    }

    private static void addMovements(Map<String, StockOperation> all) {
        all.put(Kinds.STOCK_CONCAT, StockOperation.of(StockSettings::axis, StockShapes::concatenated));
        all.put(Kinds.STOCK_CONCAT_GRADIENT, StockOperation.of(StockSettings::axis, StockShapes::allButGradient));
        all.put(Kinds.STOCK_SPLIT, StockOperation.of(StockSettings::split, StockShapes::parts));
        all.put(Kinds.STOCK_STACK, StockOperation.of(StockSettings::axis, StockShapes::stacked));
        all.put(Kinds.STOCK_UNSTACK, StockOperation.of(StockSettings::axis, StockShapes::slices));
        all.put(Kinds.STOCK_TILE, StockOperation.of(StockSettings::repetitions, StockShapes::tiled));
        all.put(Kinds.STOCK_TILE_GRADIENT, StockOperation.of(StockSettings::repetitions, StockShapes::first));
        all.put(Kinds.STOCK_STRIDED_SLICE, StockOperation.of(StridedSlice::resolve, StockShapes::given));
        all.put(Kinds.STOCK_STRIDED_SLICE_GRADIENT, StockOperation.of(StridedSlice::resolve, StockShapes::first));
    }

    private static void addViews(Map<String, StockOperation> all) {
        addReshaping(all, Kinds.STOCK_EXPAND_DIMS, StockSettings::expansion);
        addReshaping(all, Kinds.STOCK_IDENTITY, StockSettings::sameShape);
        addReshaping(all, Kinds.STOCK_RESHAPE, StockSettings::reshape);
        addReshaping(all, Kinds.STOCK_SQUEEZE, StockSettings::squeezing);
        addPermuting(all, Kinds.STOCK_PERMUTE, StockSettings::permutation);
        addPermuting(all, Kinds.STOCK_TRANSPOSE, StockSettings::reversal);
    }

    private static void addReshaping(Map<String, StockOperation> all, String kind, StockOperation.Settings settings) {
        all.put(kind, StockOperation.of(settings, StockShapes::given).viewing(Traits.View.RESHAPE));
    }

    private static void addPermuting(Map<String, StockOperation> all, String kind, StockOperation.Settings settings) {
        all.put(kind, StockOperation.of(settings, StockShapes::permuted).viewing(Traits.View.PERMUTE));
    }

    private static long flops(long[] left, long[] right, long[] product) {
        // with a = m·k, b = k·n and c = m·n elements in each of the batch's products: k = √(a·b/c)
        long batch = Shape.elements(Arrays.copyOf(product, Math.max(0, product.length - 2)));
        double inner = Math.sqrt(
                (double) Shape.elements(left) * Shape.elements(right) / ((double) Shape.elements(product) * batch));
        return 2 * Shape.elements(product) * Math.round(inner);
    }
}
