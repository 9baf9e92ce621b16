package org.spactor.cuda.device;

import org.spactor.engine.plan.ElementType;

/**
 * D = op(A) · op(B), or C + that, for row-major matrices; several of the same shape at regular distances in one go. Sums
 * run in float32.
 *
 * @param m rows of D
 * @param n columns of D
 * @param k columns of op(A) and rows of op(B)
 * @param operands element type of A and B: {@link ElementType#FLOAT32} or {@link ElementType#BFLOAT16}
 * @param product element type of C and D, likewise
 * @param left where the elements of A are; it is [m, k], or [k, m] if transposed
 * @param right where those of B are; it is [k, n], or [n, k] if transposed
 * @param result where those of C and D are; never transposed
 * @param count number of matrices
 * @param adds whether C is added; it may be the memory of D
 */
public record MatrixProduct(
        long m,
        long n,
        long k,
        ElementType operands,
        ElementType product,
        Layout left,
        Layout right,
        Layout result,
        long count,
        boolean adds) {
    /**
     * A contiguous product.
     *
     * @param transposeLeft whether A is stored as [k, m]
     * @param transposeRight whether B is stored as [n, k]
     */
    public static MatrixProduct of(
            long m,
            long n,
            long k,
            ElementType operands,
            ElementType product,
            boolean transposeLeft,
            boolean transposeRight,
            boolean adds) {
        return new MatrixProduct(
                m,
                n,
                k,
                operands,
                product,
                new Layout(transposeLeft ? m : k, 0, transposeLeft),
                new Layout(transposeRight ? k : n, 0, transposeRight),
                new Layout(n, 0, false),
                1,
                adds);
    }

    /**
     * Where the elements of a matrix are.
     *
     * @param rowStride distance of two rows as they are stored, in elements
     * @param matrixStride distance of two matrices, in elements
     * @param transposed whether the matrix is used transposed
     */
    public record Layout(long rowStride, long matrixStride, boolean transposed) {}
}
