package org.spactor.cuda.kernel;

import java.util.Map;
import org.spactor.cuda.device.Device.DeviceProduct;
import org.spactor.cuda.device.MatrixProduct;
import org.spactor.cuda.device.MatrixProduct.Layout;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.StockAttributes;

/** SameDiff's matrix product of rank 2 and, matrix by matrix, of higher ranks, and its gradient. */
final class StockProductKernels {
    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.STOCK_MATMUL, StockProductKernels::product);
        kernels.put(Kinds.STOCK_MATMUL_GRADIENT, StockProductKernels::gradient);
    }

    private static Kernel.Work product(Instruction instruction, ProgramMemory memory) {
        Contiguous inputs = new Contiguous(instruction, memory);
        Matrices left = stored(instruction, 0, StockAttributes.TRANSPOSE_LEFT);
        Matrices right = stored(instruction, 1, StockAttributes.TRANSPOSE_RIGHT);
        boolean turned = instruction.attributes().flag(StockAttributes.TRANSPOSE_PRODUCT);
        Kernel.Work multiplied = turned
                ? multiply(right.turned(), left.turned(), instruction.output(0), inputs, memory)
                : multiply(left, right, instruction.output(0), inputs, memory);
        return accumulates -> {
            inputs.enqueue(accumulates);
            multiplied.enqueue(accumulates);
        };
    }

    /** (left, right, gradient) → (gradient · rightᵀ, leftᵀ · gradient), each turned as its operand was. */
    private static Kernel.Work gradient(Instruction instruction, ProgramMemory memory) {
        Attributes attributes = instruction.attributes();
        Contiguous inputs = new Contiguous(instruction, memory);
        Matrices left = stored(instruction, 0, StockAttributes.TRANSPOSE_LEFT);
        Matrices right = stored(instruction, 1, StockAttributes.TRANSPOSE_RIGHT);
        Matrices gradient = stored(instruction, 2, StockAttributes.TRANSPOSE_PRODUCT);
        Operand ofLeft = instruction.output(0);
        Operand ofRight = instruction.output(1);
        Kernel.Work byLeft = attributes.flag(StockAttributes.TRANSPOSE_LEFT)
                ? multiply(right, gradient.turned(), ofLeft, inputs, memory)
                : multiply(gradient, right.turned(), ofLeft, inputs, memory);
        Kernel.Work byRight = attributes.flag(StockAttributes.TRANSPOSE_RIGHT)
                ? multiply(gradient.turned(), left, ofRight, inputs, memory)
                : multiply(left.turned(), gradient, ofRight, inputs, memory);
        return accumulates -> {
            inputs.enqueue(accumulates);
            byLeft.enqueue(accumulates);
            byRight.enqueue(accumulates);
        };
    }

    private static Matrices stored(Instruction instruction, int input, String transposed) {
        long[] shape = instruction.input(input).shape();
        return new Matrices(
                input,
                instruction.input(input),
                shape[shape.length - 2],
                shape[shape.length - 1],
                instruction.attributes().flag(transposed));
    }

    private static Kernel.Work multiply(
            Matrices left, Matrices right, Operand product, Contiguous inputs, ProgramMemory memory) {
        long m = left.usedRows();
        long n = right.usedColumns();
        MatrixProduct shape = new MatrixProduct(
                m,
                n,
                left.usedColumns(),
                left.operand().buffer().type(),
                product.buffer().type(),
                left.layout(),
                right.layout(),
                new Layout(n, m * n, false),
                left.operand().elements() / (left.rows() * left.columns()),
                false);
        DeviceProduct prepared = memory.device().prepare(shape);
        long target = memory.address(product);
        return accumulates ->
                prepared.enqueue(inputs.address(left.input()), inputs.address(right.input()), target, target);
    }

    /**
     * Matrices of an input.
     *
     * @param input its place among the inputs
     * @param operand the input
     * @param rows as they are stored
     * @param columns as they are stored
     * @param transposed whether they are used transposed
     */
    private record Matrices(int input, Operand operand, long rows, long columns, boolean transposed) {
        Matrices turned() {
            return new Matrices(input, operand, rows, columns, !transposed);
        }

        long usedRows() {
            return transposed ? columns : rows;
        }

        long usedColumns() {
            return transposed ? rows : columns;
        }

        Layout layout() {
            return new Layout(columns, rows * columns, transposed);
        }
    }
}
