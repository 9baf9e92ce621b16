package org.spactor.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.Slice;

/** Matrix products of arrays, cut into parts for the threads of a replica. */
final class Products {
    /** Parts of a product are multiples of so many rows or columns: a cache line of float32. */
    private static final int UNIT = 16;

    private final MatrixProducts library;

    Products(MatrixProducts library) {
        this.library = library;
    }

    /** Prepares c = op(a) · op(b), where op exchanges the last two sides or does nothing. */
    Step product(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c, Nd4jMemory memory) {
        return product(a, transposeA, b, transposeB, null, c, memory);
    }

    /**
     * Prepares c = op(a) · op(b) + addend.
     *
     * @param addend c itself, or apart from it in memory; null: nothing is added
     */
    Step product(
            INDArray a,
            boolean transposeA,
            INDArray b,
            boolean transposeB,
            INDArray addend,
            INDArray c,
            Nd4jMemory memory) {
        Strided left = transposeA ? Strided.of(a).transposed() : Strided.of(a);
        Strided right = transposeB ? Strided.of(b).transposed() : Strided.of(b);
        Strided added = addend == null ? null : Strided.of(addend);
        return split(left, right, added, Strided.of(c), memory);
    }

    /**
     * A batch is cut by its longest side. A single product is cut by the longer side of its result, so that the operand
     * which every thread reads is the smaller one.
     */
    private Step split(Strided a, Strided b, Strided addend, Strided c, Nd4jMemory memory) {
        requireFit(a, b, c);
        boolean isBatch = c.rank() > 2;
        boolean byRows = !isBatch && c.sideFromEnd(2) >= c.sideFromEnd(1);
        int side = isBatch ? longestBatchSide(c) : byRows ? 0 : 1;
        List<Slice> slices = Slice.of(c.shape()[side], memory.threads(), isBatch ? 1 : UNIT);
        Step[] parts = new Step[slices.size()];
        for (int thread = 0; thread < parts.length; thread++) {
            Slice slice = slices.get(thread);
            parts[thread] = library.product(
                    isBatch || byRows ? a.slice(side, slice) : a,
                    isBatch || !byRows ? b.slice(side, slice) : b,
                    addend == null ? null : addend.slice(side, slice),
                    c.slice(side, slice),
                    new Place(memory, thread));
        }
        return Step.parts(parts);
    }

    /** Native code does not look: it would read past the operands. */
    private static void requireFit(Strided a, Strided b, Strided c) {
        boolean fits = a.sideFromEnd(1) == b.sideFromEnd(2)
                && a.sideFromEnd(2) == c.sideFromEnd(2)
                && b.sideFromEnd(1) == c.sideFromEnd(1);
        if (!fits) {
            throw new IllegalArgumentException("a product of " + a + " and " + b + " is not " + c);
        }
    }

    private static int longestBatchSide(Strided c) {
        int longest = 0;
        for (int side = 1; side < c.rank() - 2; side++) {
            longest = c.shape()[side] > c.shape()[longest] ? side : longest;
        }
        return longest;
    }

    /** Prepares to ← from, rounded to bfloat16; both row-major and of the same number of elements. */
    Step round(INDArray from, INDArray to, Nd4jMemory memory) {
        Strided source = Strided.of(from.reshape(1, from.length()));
        Strided target = Strided.of(to.reshape(1, to.length()));
        List<Slice> slices = Slice.of(from.length(), memory.threads(), UNIT);
        Step[] parts = new Step[slices.size()];
        for (int thread = 0; thread < parts.length; thread++) {
            Slice slice = slices.get(thread);
            parts[thread] = library.round(source.slice(1, slice), target.slice(1, slice), new Place(memory, thread));
        }
        return Step.parts(parts);
    }
}
