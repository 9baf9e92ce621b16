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
        int threads = memory.threads();
        int last = c.rank() - 1;
        if (threads == 1) {
            return library.product(a, b, addend, c, memory);
        }
        if (c.rank() > 2) {
            int side = longestBatchSide(c);
            return Step.parts(Slice.of(c.shape()[side], threads, 1).stream()
                    .map(part -> library.product(
                            a.slice(side, part),
                            b.slice(side, part),
                            slice(addend, side, part),
                            c.slice(side, part),
                            memory))
                    .toArray(Step[]::new));
        }
        boolean byRows = c.sideFromEnd(2) >= c.sideFromEnd(1);
        int side = byRows ? last - 1 : last;
        List<Slice> parts = Slice.of(c.shape()[side], threads, UNIT);
        return Step.parts(parts.stream()
                .map(part -> library.product(
                        byRows ? a.slice(side, part) : a,
                        byRows ? b : b.slice(side, part),
                        slice(addend, side, part),
                        c.slice(side, part),
                        memory))
                .toArray(Step[]::new));
    }

    private static Strided slice(Strided addend, int side, Slice part) {
        return addend == null ? null : addend.slice(side, part);
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
        return Step.parts(Slice.of(from.length(), memory.threads(), UNIT).stream()
                .map(part -> library.round(source.slice(1, part), target.slice(1, part), memory))
                .toArray(Step[]::new));
    }
}
