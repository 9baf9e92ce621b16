package org.spactor.cuda.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceFunction;
import org.spactor.cuda.device.Device.Grid;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Shape;
import org.spactor.engine.plan.StockAttributes;

/** SameDiff's own operations that compute element by element, or over sides. Operands may be views. */
final class StockKernels {
    private static final KernelSource SOURCE = KernelSource.of("loops.cu");
    /** From so many terms on a block adds them up, not a thread. */
    private static final long MANY_TERMS = 64;

    private static final long MOST_BLOCKS = 1 << 20;

    void addTo(Map<String, Kernel> kernels) {
        addUnary(kernels);
        kernels.put(Kinds.STOCK_ADD, binary(Function.SUM));
        kernels.put(Kinds.STOCK_ADD_GRADIENT, binaryGradient(Function.G, Function.G));
        kernels.put(Kinds.STOCK_SUBTRACT, binary(Function.DIFFERENCE));
        kernels.put(Kinds.STOCK_SUBTRACT_GRADIENT, binaryGradient(Function.G, Function.MINUS_G));
        kernels.put(Kinds.STOCK_MULTIPLY, binary(Function.PRODUCT));
        kernels.put(Kinds.STOCK_MULTIPLY_GRADIENT, binaryGradient(Function.G_TIMES_Y, Function.G_TIMES_X));
        kernels.put(Kinds.STOCK_DIVIDE, binary(Function.QUOTIENT));
        kernels.put(
                Kinds.STOCK_DIVIDE_GRADIENT,
                binaryGradient(Function.G_OVER_Y, Function.MINUS_G_TIMES_X_OVER_Y_SQUARED));
        kernels.put(Kinds.STOCK_REDUCE_SUM, (instruction, memory) -> reduce(instruction, memory, false, 1));
        kernels.put(
                Kinds.STOCK_REDUCE_MEAN,
                (instruction, memory) -> reduce(instruction, memory, false, 1.0 / terms(instruction)));
        kernels.put(Kinds.STOCK_REDUCE_MAX, (instruction, memory) -> reduce(instruction, memory, true, 1));
        kernels.put(Kinds.STOCK_REDUCE_SUM_GRADIENT, (instruction, memory) -> spread(instruction, memory, 1));
        kernels.put(
                Kinds.STOCK_REDUCE_MEAN_GRADIENT,
                (instruction, memory) -> spread(instruction, memory, 1.0 / terms(instruction)));
        kernels.put(Kinds.STOCK_REDUCE_MAX_GRADIENT, StockKernels::gradientOfGreatest);
        kernels.put(Kinds.STOCK_TILE, StockKernels::tile);
        kernels.put(Kinds.STOCK_TILE_GRADIENT, StockKernels::tileGradient);
        kernels.put(Kinds.STOCK_SOFTMAX, (instruction, memory) -> softmax(instruction, memory, "softmax"));
        kernels.put(
                Kinds.STOCK_SOFTMAX_GRADIENT,
                (instruction, memory) -> softmax(instruction, memory, "softmax_gradient"));
    }

    private static void addUnary(Map<String, Kernel> kernels) {
        kernels.put(Kinds.STOCK_ABS, unary(Function.ABSOLUTE));
        kernels.put(Kinds.STOCK_COS, unary(Function.COSINE));
        kernels.put(Kinds.STOCK_EXP, unary(Function.EXPONENTIAL));
        kernels.put(Kinds.STOCK_GELU, unary(Function.GELU));
        kernels.put(Kinds.STOCK_GELU_DERIVATIVE, unary(Function.GELU_DERIVATIVE));
        kernels.put(Kinds.STOCK_LOG, unary(Function.LOGARITHM));
        kernels.put(Kinds.STOCK_NEG, unary(Function.NEGATION));
        kernels.put(Kinds.STOCK_SIGMOID, unary(Function.SIGMOID));
        kernels.put(Kinds.STOCK_SIGN, unary(Function.SIGN));
        kernels.put(Kinds.STOCK_SIN, unary(Function.SINE));
        kernels.put(Kinds.STOCK_TANH, unary(Function.TANH));
        kernels.put(Kinds.STOCK_SIGMOID_GRADIENT, unaryGradient(Function.SIGMOID_GRADIENT));
        kernels.put(Kinds.STOCK_TANH_GRADIENT, unaryGradient(Function.TANH_GRADIENT));
    }

    private static Kernel unary(Function function) {
        return (instruction, memory) -> {
            View x = View.of(instruction.input(0), memory);
            View y = View.of(instruction.output(0), memory);
            long[] none = new long[y.shape().length];
            Loop loop = Loop.over(y.shape(), x.strides(), none, none, y.strides());
            return compute(function, List.of(x, x, x, y), loop, reducingNothing(), false, 1, memory);
        };
    }

    private static Kernel unaryGradient(Function function) {
        return (instruction, memory) -> {
            View x = View.of(instruction.input(0), memory);
            View gradient = View.of(instruction.input(1), memory);
            View result = View.of(instruction.output(0), memory);
            long[] none = new long[result.shape().length];
            Loop loop = Loop.over(result.shape(), x.strides(), none, gradient.strides(), result.strides());
            return compute(function, List.of(x, x, gradient, result), loop, reducingNothing(), false, 1, memory);
        };
    }

    private static Kernel binary(Function function) {
        return (instruction, memory) -> {
            View x = View.of(instruction.input(0), memory);
            View y = View.of(instruction.input(1), memory);
            View z = View.of(instruction.output(0), memory);
            long[] none = new long[z.shape().length];
            Loop loop = Loop.over(z.shape(), x.stretchedTo(z.shape()), y.stretchedTo(z.shape()), none, z.strides());
            return compute(function, List.of(x, y, x, z), loop, reducingNothing(), false, 1, memory);
        };
    }

    /** Each operand's gradient is summed over the places that the operand was stretched to. */
    private static Kernel binaryGradient(Function ofX, Function ofY) {
        return (instruction, memory) -> {
            Function[] functions = {ofX, ofY};
            Kernel.Work[] works = new Kernel.Work[functions.length];
            for (int operand = 0; operand < functions.length; operand++) {
                works[operand] = stretchedGradient(functions[operand], operand, instruction, memory);
            }
            return Kernel.Work.sequence(works);
        };
    }

    private static Kernel.Work stretchedGradient(
            Function function, int operand, Instruction instruction, ProgramMemory memory) {
        View x = View.of(instruction.input(0), memory);
        View y = View.of(instruction.input(1), memory);
        View gradient = View.of(instruction.input(2), memory);
        View result = View.of(instruction.output(operand), memory);
        long[] shape = gradient.shape();
        int missing = shape.length - result.shape().length;
        boolean[] summed = new boolean[shape.length];
        for (int side = 0; side < shape.length; side++) {
            summed[side] = side < missing || (result.shape()[side - missing] == 1 && shape[side] != 1);
        }
        long[][] strides = {x.stretchedTo(shape), y.stretchedTo(shape), gradient.strides(), result.stretchedTo(shape)};
        return reducing(function, List.of(x, y, gradient, result), shape, strides, summed, false, 1, memory);
    }

    private static Kernel.Work reduce(
            Instruction instruction, ProgramMemory memory, boolean takesGreatest, double scale) {
        View x = View.of(instruction.input(0), memory);
        View result = View.of(instruction.output(0), memory);
        boolean[] reduced = reduced(instruction);
        long[] none = new long[reduced.length];
        long[][] strides = {x.strides(), none, none, keptStrides(result, reduced)};
        return reducing(
                Function.X, List.of(x, x, x, result), x.shape(), strides, reduced, takesGreatest, scale, memory);
    }

    /** A gradient that goes to all terms. */
    private static Kernel.Work spread(Instruction instruction, ProgramMemory memory, double scale) {
        View gradient = View.of(instruction.input(1), memory);
        View result = View.of(instruction.output(0), memory);
        boolean[] reduced = reduced(instruction);
        long[] none = new long[reduced.length];
        Loop loop = Loop.over(result.shape(), none, none, keptStrides(gradient, reduced), result.strides());
        return compute(
                Function.G,
                List.of(gradient, gradient, gradient, result),
                loop,
                reducingNothing(),
                false,
                scale,
                memory);
    }

    private static Kernel.Work gradientOfGreatest(Instruction instruction, ProgramMemory memory) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, "gradient_of_greatest");
        View x = View.of(instruction.input(0), memory);
        View gradient = View.of(instruction.input(1), memory);
        View result = View.of(instruction.output(0), memory);
        boolean[] reduced = reduced(instruction);
        long[] none = new long[reduced.length];
        long[][] strides = {x.strides(), result.strides(), keptStrides(gradient, reduced), result.strides()};
        Loop outer = Loop.over(only(x.shape(), reduced, false), only(strides, reduced, false));
        long[][] inner = {x.strides(), result.strides(), none};
        Loop terms = Loop.over(only(x.shape(), reduced, true), only(inner, reduced, true));
        long table = memory.constant(Loop.table(outer, terms));
        return accumulates -> device.launch(
                function,
                Grid.elements(outer.rounds()),
                x.address(),
                gradient.address(),
                result.address(),
                outer.rounds(),
                terms.rounds(),
                outer.rank(),
                terms.rank(),
                table);
    }

    /** Every side as two: how often, and the operand's own. */
    private static Kernel.Work tile(Instruction instruction, ProgramMemory memory) {
        View x = View.of(instruction.input(0), memory);
        View tiled = View.of(instruction.output(0), memory);
        long[][] sides = tiles(x, tiled);
        return x.with(sides[0], sides[1]).copyTo(tiled.with(sides[0], sides[2]), memory);
    }

    private static Kernel.Work tileGradient(Instruction instruction, ProgramMemory memory) {
        View gradient = View.of(instruction.input(1), memory);
        View result = View.of(instruction.output(0), memory);
        long[][] sides = tiles(result, gradient);
        boolean[] summed = new boolean[sides[0].length];
        for (int side = 0; side < summed.length; side += 2) {
            summed[side] = true;
        }
        long[] none = new long[summed.length];
        long[][] strides = {none, none, sides[2], sides[1]};
        return reducing(
                Function.G, List.of(gradient, gradient, gradient, result), sides[0], strides, summed, false, 1, memory);
    }

    /** Sides, the tile's strides along them, and those of the whole. */
    private static long[][] tiles(View tile, View whole) {
        int rank = tile.shape().length;
        long[] sides = new long[2 * rank];
        long[] ofTile = new long[2 * rank];
        long[] ofWhole = new long[2 * rank];
        for (int side = 0; side < rank; side++) {
            long length = tile.shape()[side];
            sides[2 * side] = whole.shape()[side] / length;
            ofWhole[2 * side] = whole.strides()[side] * length;
            sides[2 * side + 1] = length;
            ofTile[2 * side + 1] = tile.strides()[side];
            ofWhole[2 * side + 1] = whole.strides()[side];
        }
        return new long[][] {sides, ofTile, ofWhole};
    }

    private static Kernel.Work softmax(Instruction instruction, ProgramMemory memory, String name) {
        Device device = memory.device();
        DeviceFunction function = device.function(SOURCE, name);
        Contiguous inputs = new Contiguous(instruction, memory);
        int axis = instruction.attributes().number(StockAttributes.AXIS);
        long[] shape = instruction.input(0).shape();
        long length = shape[axis];
        long stride = Shape.elements(Arrays.copyOfRange(shape, axis + 1, shape.length));
        long lines = Shape.elements(shape) / length;
        long result = memory.address(instruction.output(0));
        boolean gradient = instruction.inputs().size() == 2;
        return accumulates -> {
            inputs.enqueue(accumulates);
            if (gradient) {
                device.launch(
                        function,
                        Grid.warps(lines),
                        inputs.address(0),
                        inputs.address(1),
                        result,
                        lines,
                        length,
                        stride);
            } else {
                device.launch(function, Grid.warps(lines), inputs.address(0), result, lines, length, stride);
            }
        };
    }

    private static boolean[] reduced(Instruction instruction) {
        boolean[] reduced = new boolean[instruction.input(0).shape().length];
        for (long axis : instruction.attributes().integers(StockAttributes.AXES)) {
            reduced[(int) axis] = true;
        }
        return reduced;
    }

    private static long terms(Instruction instruction) {
        Operand whole = instruction.input(0);
        boolean[] reduced = reduced(instruction);
        long terms = 1;
        for (int side = 0; side < reduced.length; side++) {
            terms *= reduced[side] ? whole.shape()[side] : 1;
        }
        return terms;
    }

    /** Strides of a reduced tensor along the sides of the whole one: 0 along those that are reduced. */
    private static long[] keptStrides(View view, boolean[] reduced) {
        boolean keepsSides = view.shape().length == reduced.length;
        long[] strides = new long[reduced.length];
        int next = 0;
        for (int side = 0; side < reduced.length; side++) {
            if (!reduced[side]) {
                strides[side] = view.strides()[keepsSides ? side : next];
                next++;
            }
        }
        return strides;
    }

    private static Kernel.Work reducing(
            Function function,
            List<View> views,
            long[] shape,
            long[][] strides,
            boolean[] reduced,
            boolean takesGreatest,
            double scale,
            ProgramMemory memory) {
        Loop outer = Loop.over(only(shape, reduced, false), only(strides, reduced, false));
        long[][] read = {strides[0], strides[1], strides[2]};
        Loop terms = Loop.over(only(shape, reduced, true), only(read, reduced, true));
        return compute(function, views, outer, terms, takesGreatest, scale, memory);
    }

    private static long[] only(long[] values, boolean[] reduced, boolean wanted) {
        long[] some = new long[values.length];
        int count = 0;
        for (int side = 0; side < values.length; side++) {
            if (reduced[side] == wanted) {
                some[count++] = values[side];
            }
        }
        return Arrays.copyOf(some, count);
    }

    private static long[][] only(long[][] values, boolean[] reduced, boolean wanted) {
        long[][] some = new long[values.length][];
        for (int i = 0; i < values.length; i++) {
            some[i] = only(values[i], reduced, wanted);
        }
        return some;
    }

    private static Loop reducingNothing() {
        return Loop.over(new long[0], new long[0], new long[0], new long[0]);
    }

    /**
     * Starts a loop.
     *
     * @param views x, y, the gradient and the result; those that the function does not read may be any
     */
    private static Kernel.Work compute(
            Function function,
            List<View> views,
            Loop outer,
            Loop terms,
            boolean takesGreatest,
            double scale,
            ProgramMemory memory) {
        Device device = memory.device();
        boolean byBlock = terms.rounds() >= MANY_TERMS;
        DeviceFunction loop = device.function(SOURCE, byBlock ? "by_block" : "by_thread");
        long table = memory.constant(Loop.table(outer, terms));
        Grid grid = byBlock
                ? Grid.blocks(Math.min(outer.rounds(), MOST_BLOCKS), Grid.THREADS)
                : Grid.elements(outer.rounds());
        return accumulates -> device.launch(
                loop,
                grid,
                function.number(),
                views.get(0).address(),
                views.get(1).address(),
                views.get(2).address(),
                views.get(3).address(),
                outer.rounds(),
                terms.rounds(),
                takesGreatest ? 1 : 0,
                scale,
                outer.rank(),
                terms.rank(),
                table);
    }
}
