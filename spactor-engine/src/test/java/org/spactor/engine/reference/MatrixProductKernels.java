package org.spactor.engine.reference;

import java.util.Arrays;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.StockAttributes;

/**
 * SameDiff's matrix product of rank 2 and, matrix by matrix, of higher ranks, and its gradient.
 */
final class MatrixProductKernels {
    private MatrixProductKernels() {}

    static void forward(Kernel.Call call) {
        Attributes transposed = call.attributes();
        Matrix[] left = matrices(call.input(0), transposed.flag(StockAttributes.TRANSPOSE_LEFT));
        Matrix[] right = matrices(call.input(1), transposed.flag(StockAttributes.TRANSPOSE_RIGHT));
        Matrix[] products = new Matrix[left.length];
        for (int i = 0; i < left.length; i++) {
            Matrix product = left[i].times(right[i]);
            products[i] = transposed.flag(StockAttributes.TRANSPOSE_PRODUCT) ? product.transposed() : product;
        }
        write(products, call.output(0));
    }

    /** (x, y, gradient) → (gradient of x, gradient of y). */
    static void gradient(Kernel.Call call) {
        Attributes transposed = call.attributes();
        Matrix[] left = matrices(call.input(0), transposed.flag(StockAttributes.TRANSPOSE_LEFT));
        Matrix[] right = matrices(call.input(1), transposed.flag(StockAttributes.TRANSPOSE_RIGHT));
        Matrix[] gradient = matrices(call.input(2), transposed.flag(StockAttributes.TRANSPOSE_PRODUCT));
        Matrix[] ofLeft = new Matrix[left.length];
        Matrix[] ofRight = new Matrix[left.length];
        for (int i = 0; i < left.length; i++) {
            Matrix byLeft = gradient[i].times(right[i].transposed());
            Matrix byRight = left[i].transposed().times(gradient[i]);
            ofLeft[i] = transposed.flag(StockAttributes.TRANSPOSE_LEFT) ? byLeft.transposed() : byLeft;
            ofRight[i] = transposed.flag(StockAttributes.TRANSPOSE_RIGHT) ? byRight.transposed() : byRight;
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
