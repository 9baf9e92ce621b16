package org.spactor.engine.reference;

import java.util.Arrays;

/**
 * SameDiff's matrix product of rank 2 and, matrix by matrix, of higher ranks, and its gradient. The integers say
 * whether the left matrix, the right one and the product are transposed.
 */
final class MatrixProductKernels {
    private MatrixProductKernels() {}

    static void forward(Kernel.Call call) {
        long[] transposed = call.attributes().integers("integers");
        double[] reals = call.attributes().reals("reals");
        requirePlain(reals);
        Matrix[] left = matrices(call.input(0), transposed[0] != 0);
        Matrix[] right = matrices(call.input(1), transposed[1] != 0);
        Matrix[] products = new Matrix[left.length];
        for (int i = 0; i < left.length; i++) {
            Matrix product = left[i].times(right[i]);
            products[i] = transposed[2] != 0 ? product.transposed() : product;
        }
        write(products, call.output(0));
    }

    /** (x, y, gradient) → (gradient of x, gradient of y). */
    static void gradient(Kernel.Call call) {
        long[] transposed = call.attributes().integers("integers");
        Matrix[] left = matrices(call.input(0), transposed[0] != 0);
        Matrix[] right = matrices(call.input(1), transposed[1] != 0);
        Matrix[] gradient = matrices(call.input(2), transposed[2] != 0);
        Matrix[] ofLeft = new Matrix[left.length];
        Matrix[] ofRight = new Matrix[left.length];
        for (int i = 0; i < left.length; i++) {
            Matrix byLeft = gradient[i].times(right[i].transposed());
            Matrix byRight = left[i].transposed().times(gradient[i]);
            ofLeft[i] = transposed[0] != 0 ? byLeft.transposed() : byLeft;
            ofRight[i] = transposed[1] != 0 ? byRight.transposed() : byRight;
        }
        write(ofLeft, call.output(0));
        write(ofRight, call.output(1));
    }

    private static Matrix[] matrices(Tensor tensor, boolean transposed) {
        int rows = tensor.side(tensor.rank() - 2);
        int columns = tensor.columns();
        double[] values = tensor.reals();
        Matrix[] matrices = new Matrix[values.length / (rows * columns)];
        for (int i = 0; i < matrices.length; i++) {
            double[] part = Arrays.copyOfRange(values, i * rows * columns, (i + 1) * rows * columns);
            Matrix matrix = new Matrix(rows, columns, part);
            matrices[i] = transposed ? matrix.transposed() : matrix;
        }
        return matrices;
    }

    private static void write(Matrix[] matrices, Tensor target) {
        double[] values = new double[target.elements()];
        int size = values.length / matrices.length;
        for (int i = 0; i < matrices.length; i++) {
            System.arraycopy(matrices[i].values(), 0, values, i * size, size);
        }
        target.write(values);
    }

    /** α = 1 and β = 0 is all that SameDiff's graphs ask for. */
    private static void requirePlain(double[] factors) {
        if (factors.length > 1 && !(factors[0] == 1 && factors[1] == 0)) {
            throw new IllegalArgumentException("a matrix product with factors " + Arrays.toString(factors));
        }
    }

    /** A matrix, row by row. */
    private record Matrix(int rows, int columns, double[] values) {
        Matrix times(Matrix right) {
            double[] product = new double[rows * right.columns];
            for (int row = 0; row < rows; row++) {
                for (int inner = 0; inner < columns; inner++) {
                    for (int column = 0; column < right.columns; column++) {
                        product[row * right.columns + column] +=
                                values[row * columns + inner] * right.values[inner * right.columns + column];
                    }
                }
            }
            return new Matrix(rows, right.columns, product);
        }

        Matrix transposed() {
            double[] turned = new double[values.length];
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    turned[column * rows + row] = values[row * columns + column];
                }
            }
            return new Matrix(columns, rows, turned);
        }
    }
}
