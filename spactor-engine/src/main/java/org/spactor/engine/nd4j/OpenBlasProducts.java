package org.spactor.engine.nd4j;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products by OpenBLAS, called directly. ND4J's own operations copy transposed or strided operands before they
 * call the same library, at half of the speed.
 */
final class OpenBlasProducts implements MatrixProducts {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    @Override
    public Step product(
            INDArray a,
            boolean transposeA,
            INDArray b,
            boolean transposeB,
            INDArray addend,
            INDArray c,
            Nd4jMemory memory) {
        Step product = new Product(a, transposeA, b, transposeB, addend == null ? 0 : 1, c);
        return addend == null ? product : Step.sequence(NativeOperation.copyUnlessSame(addend, c), product);
    }

    @Override
    public String library() {
        return "OpenBLAS";
    }

    /** A prepared product. It holds the arrays, because pointers alone would not keep their memory from being freed. */
    private static final class Product implements Step {
        private final INDArray[] arrays;
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

        Product(INDArray a, boolean transposeA, INDArray b, boolean transposeB, float kept, INDArray c) {
            int rank = c.rank();
            this.kept = kept;
            arrays = new INDArray[] {a, b, c};
            as = matrices(a);
            bs = matrices(b);
            cs = matrices(c);
            left = transposeA ? TRANSPOSED : PLAIN;
            right = transposeB ? TRANSPOSED : PLAIN;
            m = Math.toIntExact(c.size(rank - 2));
            n = Math.toIntExact(c.size(rank - 1));
            k = Math.toIntExact(a.size(transposeA ? rank - 2 : rank - 1));
            aStride = rowStride(a);
            bStride = rowStride(b);
            cStride = rowStride(c);
        }

        @Override
        public void run() {
            for (int i = 0; i < cs.length; i++) {
                openblas_nolapack.cblas_sgemm(
                        ROW_MAJOR, left, right, m, n, k, 1, as[i], aStride, bs[i], bStride, kept, cs[i], cStride);
            }
            Reference.reachabilityFence(arrays);
        }
    }

    private static int rowStride(INDArray array) {
        int rank = array.rank();
        boolean rowsAreContiguous = array.size(rank - 1) == 1 || array.stride(rank - 1) == 1;
        if (!rowsAreContiguous) {
            throw new IllegalArgumentException("the elements of a row are not neighbours in memory");
        }
        boolean singleRow = array.size(rank - 2) == 1;
        return Math.toIntExact(singleRow ? Math.max(1, array.size(rank - 1)) : array.stride(rank - 2));
    }

    /** Where each matrix of a batch begins. */
    private static FloatPointer[] matrices(INDArray array) {
        List<FloatPointer> pointers = new ArrayList<>();
        addMatrices(array, 0, 0, pointers);
        return pointers.toArray(FloatPointer[]::new);
    }

    private static void addMatrices(INDArray array, int side, long offset, List<FloatPointer> pointers) {
        if (side == array.rank() - 2) {
            FloatPointer base = new FloatPointer(array.data().addressPointer());
            pointers.add(base.position(base.position() + offset));
            return;
        }
        for (long i = 0; i < array.size(side); i++) {
            addMatrices(array, side + 1, offset + i * array.stride(side), pointers);
        }
    }
}
