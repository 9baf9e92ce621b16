package org.spactor.cuda.kernel;

import java.util.function.LongSupplier;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.Device.DeviceProduct;
import org.spactor.cuda.device.MatrixProduct;
import org.spactor.cuda.device.MatrixProduct.Layout;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;

/**
 * Lengths of attention, and where the matrices of its heads are: those of tokens [B, T, heads · depth] and those of scores
 * [B, heads, Tq, Tk].
 *
 * @param examples B
 * @param queries Tq
 * @param keys Tk
 * @param depth width of a head
 */
record AttentionShape(long examples, long heads, long queries, long keys, long depth) {
    /** Of attention or of its gradient. */
    static AttentionShape of(Instruction instruction) {
        long[] query = instruction.input("query").shape();
        long[] key = instruction.input("key").shape();
        long heads = instruction.attributes().integer("heads");
        return new AttentionShape(query[0], heads, query[1], key[1], query[2] / heads);
    }

    /** Number of scores. */
    long scores() {
        return examples * heads * queries * keys;
    }

    /** Number of rows of scores. */
    long rows() {
        return examples * heads * queries;
    }

    /** The matrix [Tq, d] of each head, or what has its shape. */
    Part ofQueries(LongSupplier address, ElementType type) {
        return new Part(address, type, queries, depth, heads * depth, queries * heads * depth, depth, false);
    }

    /** The matrix [Tk, d] of each head, or what has its shape. */
    Part ofKeys(LongSupplier address, ElementType type) {
        return new Part(address, type, keys, depth, heads * depth, keys * heads * depth, depth, false);
    }

    /** The matrix [Tq, Tk] of each head. */
    Part ofScores(LongSupplier address, ElementType type) {
        return new Part(address, type, queries, keys, keys, heads * queries * keys, queries * keys, false);
    }

    /** left · right, head by head, over all examples at once. */
    Kernel.Work multiply(Part left, Part right, Part result, Device device) {
        MatrixProduct product = new MatrixProduct(
                left.usedRows(),
                right.usedColumns(),
                left.usedColumns(),
                left.type(),
                result.type(),
                left.layout(),
                right.layout(),
                result.layout(),
                examples,
                false);
        DeviceProduct prepared = device.prepare(product);
        return accumulates -> {
            for (int head = 0; head < heads; head++) {
                long target = result.of(head);
                prepared.enqueue(left.of(head), right.of(head), target, target);
            }
        };
    }

    /**
     * A matrix of each head and example.
     *
     * @param address of all of them
     * @param rows as they are stored
     * @param columns as they are stored
     * @param rowStride distance of two rows
     * @param exampleStride distance of two examples
     * @param headStride distance of two heads
     * @param transposed whether they are used transposed
     */
    record Part(
            LongSupplier address,
            ElementType type,
            long rows,
            long columns,
            long rowStride,
            long exampleStride,
            long headStride,
            boolean transposed) {
        Part turned() {
            return new Part(address, type, rows, columns, rowStride, exampleStride, headStride, !transposed);
        }

        long of(int head) {
            return address.getAsLong() + head * headStride * type.bytes();
        }

        long usedRows() {
            return transposed ? columns : rows;
        }

        long usedColumns() {
            return transposed ? rows : columns;
        }

        Layout layout() {
            return new Layout(rowStride, exampleStride, transposed);
        }
    }
}
