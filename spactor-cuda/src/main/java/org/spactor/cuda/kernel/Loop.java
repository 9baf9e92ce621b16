package org.spactor.cuda.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Nested loops over the same sides of several tensors, each with strides of its own; sides that lie one behind the other in
 * all of them are one side.
 */
final class Loop {
    private final long[] sides;
    private final long[][] strides;

    private Loop(long[] sides, long[][] strides) {
        this.sides = sides;
        this.strides = strides;
    }

    /**
     * Loops.
     *
     * @param sides lengths, the outermost first
     * @param strides of each tensor along each side
     */
    static Loop over(long[] sides, long[]... strides) {
        List<Integer> kept = new ArrayList<>();
        long[] lengths = sides.clone();
        for (int side = 0; side < sides.length; side++) {
            if (sides[side] == 1) {
                continue;
            }
            if (!kept.isEmpty() && follows(kept.get(kept.size() - 1), side, sides[side], strides)) {
                lengths[side] *= lengths[kept.remove(kept.size() - 1)];
            }
            kept.add(side);
        }
        long[] shortened = kept.stream().mapToLong(side -> lengths[side]).toArray();
        long[][] ofTensors = new long[strides.length][];
        for (int tensor = 0; tensor < strides.length; tensor++) {
            long[] all = strides[tensor];
            ofTensors[tensor] = kept.stream().mapToLong(side -> all[side]).toArray();
        }
        return new Loop(shortened, ofTensors);
    }

    private static boolean follows(int outer, int inner, long length, long[][] strides) {
        for (long[] ofTensor : strides) {
            if (ofTensor[outer] != ofTensor[inner] * length) {
                return false;
            }
        }
        return true;
    }

    /** Number of sides. */
    int rank() {
        return sides.length;
    }

    /** Number of rounds. */
    long rounds() {
        long rounds = 1;
        for (long side : sides) {
            rounds *= side;
        }
        return rounds;
    }

    /** Sides and strides of several loops, one behind the other, as kernels read them. */
    static ByteBuffer table(Loop... loops) {
        int length = 0;
        for (Loop loop : loops) {
            length += loop.rank() * (loop.strides.length + 1);
        }
        ByteBuffer table = ByteBuffer.allocateDirect(length * Long.BYTES).order(ByteOrder.nativeOrder());
        for (Loop loop : loops) {
            for (long side : loop.sides) {
                table.putLong(side);
            }
            for (long[] ofTensor : loop.strides) {
                for (long stride : ofTensor) {
                    table.putLong(stride);
                }
            }
        }
        return table.flip();
    }
}
