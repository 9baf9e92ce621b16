package org.spactor.engine.nd4j;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.spactor.engine.nd4j.host.Slice;

/**
 * Matrix products by OpenBLAS, called directly. ND4J's own operations copy transposed or strided operands before they
 * call the same library, at half of the speed.
 */
final class OpenBlasProducts implements MatrixProducts {
    static final String NAME = "OpenBLAS";

    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    @Override
    public Step product(Strided a, Strided b, Strided addend, Strided c, Place place) {
        Step product = new Product(a, b, addend == null ? 0 : 1, c);
        return addend == null ? product : Step.sequence(copyUnlessSame(addend, c), product);
    }

    private static Step copyUnlessSame(Strided from, Strided to) {
        return NativeOperation.copyUnlessSame(from.toArray(), to.toArray());
    }

    @Override
    public String library() {
        return NAME;
    }

    /** A prepared product. It holds the operands, because pointers alone would not keep their memory from being freed. */
    private static final class Product implements Step {
        private final Strided[] operands;
        private final FloatPointer[] as;
        private final FloatPointer[] bs;
        private final FloatPointer[] cs;
        /** What the result is multiplied by before the product is added to it. */
        private final float kept;

        private final int left;
        private final int right;
        private final int m;
        private final int n;
        private final int k;
        private final int aStride;
        private final int bStride;
        private final int cStride;

        Product(Strided a, Strided b, float kept, Strided c) {
            this.kept = kept;
            this.operands = new Strided[] {a, b, c};
            this.as = matrices(a);
            this.bs = matrices(b);
            this.cs = matrices(c);
            this.left = a.isTransposed() ? TRANSPOSED : PLAIN;
            this.right = b.isTransposed() ? TRANSPOSED : PLAIN;
            this.m = Math.toIntExact(c.sideFromEnd(2));
            this.n = Math.toIntExact(c.sideFromEnd(1));
            this.k = Math.toIntExact(a.sideFromEnd(1));
            this.aStride = rowStride(a.straight());
            this.bStride = rowStride(b.straight());
            this.cStride = rowStride(c);
        }

        @Override
        public void run() {
            for (int i = 0; i < cs.length; i++) {
                openblas_nolapack.cblas_sgemm(
                        ROW_MAJOR, left, right, m, n, k, 1, as[i], aStride, bs[i], bStride, kept, cs[i], cStride);
            }
            Reference.reachabilityFence(operands);
        }
    }

    private static int rowStride(Strided operand) {
        boolean rowsAreContiguous = operand.sideFromEnd(1) == 1 || operand.strideFromEnd(1) == 1;
        if (!rowsAreContiguous) {
            throw new IllegalArgumentException("the elements of a row are not neighbours in memory: " + operand);
        }
        boolean singleRow = operand.sideFromEnd(2) == 1;
        return Math.toIntExact(singleRow ? Math.max(1, operand.sideFromEnd(1)) : operand.strideFromEnd(2));
    }

    /** Where each matrix of a batch begins. */
    private static FloatPointer[] matrices(Strided operand) {
        List<FloatPointer> pointers = new ArrayList<>();
        addMatrices(operand, 0, pointers);
        return pointers.toArray(FloatPointer[]::new);
    }

    private static void addMatrices(Strided operand, int side, List<FloatPointer> pointers) {
        if (side == operand.rank() - 2) {
            pointers.add(new FloatPointer(operand.pointer()));
            return;
        }
        for (int i = 0; i < operand.shape()[side]; i++) {
            addMatrices(operand.slice(side, new Slice(i, i + 1)), side + 1, pointers);
        }
    }
}
