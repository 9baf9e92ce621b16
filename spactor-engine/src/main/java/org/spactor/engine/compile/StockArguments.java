package org.spactor.engine.compile;

import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * What SameDiff knows of the settings of one of its own operations: lists whose places have a meaning for each operation.
 *
 * @param integers axes, sides, bit masks
 * @param reals factors
 * @param flags yes or no
 * @param inputs what the operation reads; settings may be among it
 */
record StockArguments(long[] integers, double[] reals, boolean[] flags, List<Value> inputs) {
    /** ND4J's way of saying that a reduction is over everything. */
    private static final int ALL_DIMENSIONS = Integer.MAX_VALUE;

    static StockArguments of(DifferentialFunction function, List<Value> inputs) {
        if (function instanceof DynamicCustomOp custom) {
            return new StockArguments(custom.iArgs(), custom.tArgs(), custom.bArgs(), inputs);
        }
        if (function instanceof BaseReduceOp reduction) {
            int[] axes = reduction.getDimensions();
            boolean all = axes == null || axes.length == 0 || axes[0] == ALL_DIMENSIONS;
            long[] integers =
                    all ? new long[0] : Arrays.stream(axes).asLongStream().toArray();
            return new StockArguments(integers, new double[0], new boolean[] {reduction.isKeepDims()}, inputs);
        }
        return new StockArguments(new long[0], new double[0], new boolean[0], inputs);
    }

    /** The shape of an input. */
    long[] shape(int input) {
        return inputs.get(input).shape();
    }

    /**
     * The integer at a place.
     *
     * @throws IllegalArgumentException if there is none
     */
    long integer(int place) {
        require(place < integers.length, "its settings must be constants, not variables");
        return integers[place];
    }

    /** Whether there is a flag at a place, and it is set. */
    boolean flag(int place) {
        return place < flags.length && flags[place];
    }

    /** Fails unless a condition holds. */
    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
