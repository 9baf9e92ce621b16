package org.spactor.engine.nd4j;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.plan.Instruction;

/** Operations at chosen positions of sequences: taking states and tokens out, putting tokens in. */
final class PositionKernels {
    void addTo(Map<String, Kernel> kernels) {
        kernels.put("states-at", this::statesAt);
        kernels.put("states-at-gradient", this::statesAtGradient);
        kernels.put("tokens-at", this::tokensAt);
        kernels.put("replace-tokens", this::replaceTokens);
        kernels.put("replacement-labels", this::replacementLabels);
    }

    private Step statesAt(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input(0));
        INDArray result = memory.matrix(instruction.output(0));
        Places places = new Places(
                memory.array(instruction.input(1)), instruction.input(0).shape()[1]);
        INDArray chosen = memory.scratch(new long[] {result.rows(), 1})[0];
        return Step.sequence(
                places.find(),
                TokenKernels.gatherRows(x, places.rows, result),
                TokenKernels.cast(places.chosen, chosen.reshape(result.rows())),
                NativeOperation.binary("multiply", result, chosen, result));
    }

    private Step statesAtGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray gradient = memory.matrix(instruction.input(2));
        INDArray result = memory.matrix(instruction.output(0));
        Places places = new Places(
                memory.array(instruction.input(1)), instruction.input(0).shape()[1]);
        long rows = gradient.rows();
        INDArray[] scratch = memory.scratch(new long[] {rows, 1}, gradient.shape());
        INDArray chosen = scratch[0];
        INDArray kept = scratch[1];
        return Step.sequence(
                places.find(),
                TokenKernels.cast(places.chosen, chosen.reshape(rows)),
                NativeOperation.binary("multiply", gradient, chosen, kept),
                NativeOperation.zero(result),
                TokenKernels.addRows(result, places.rows, kept));
    }

    /** (token + 1) · chosen − 1. */
    private Step tokensAt(Instruction instruction, Nd4jMemory memory) {
        INDArray tokens = memory.vector(instruction.input(0));
        INDArray result = memory.vector(instruction.output(0));
        Places places = new Places(
                memory.array(instruction.input(1)), instruction.input(0).shape()[1]);
        INDArray one = Nd4j.scalar(DataType.INT, 1);
        return Step.sequence(
                places.find(),
                TokenKernels.gatherRows(tokens, places.rows, result),
                NativeOperation.binary("add", result, one, result),
                NativeOperation.binary("multiply", result, places.chosen, result),
                NativeOperation.binary("subtract", result, one, result));
    }

    /** Adds value − token at the places, and nothing where there is no place: every place occurs once at most. */
    private Step replaceTokens(Instruction instruction, Nd4jMemory memory) {
        INDArray tokens = memory.vector(instruction.input(0));
        INDArray values = memory.vector(instruction.input(2));
        INDArray result = memory.vector(instruction.output(0));
        Places places = new Places(
                memory.array(instruction.input(1)), instruction.input(0).shape()[1]);
        INDArray change = Nd4j.create(DataType.INT, values.shape());
        return Step.sequence(
                places.find(),
                TokenKernels.gatherRows(tokens, places.rows, change),
                NativeOperation.binary("subtract", values, change, change),
                NativeOperation.binary("multiply", change, places.chosen, change),
                NativeOperation.copy(tokens, result),
                TokenKernels.addRows(result, places.rows, change));
    }

    /** differs · (1 − excluded) − excluded. */
    private Step replacementLabels(Instruction instruction, Nd4jMemory memory) {
        INDArray original = memory.vector(instruction.input(0));
        INDArray replaced = memory.vector(instruction.input(1));
        INDArray labels = memory.vector(instruction.output(0));
        INDArray table = excludedTable(instruction.attributes().integers("excluded"));
        INDArray ids = Nd4j.create(DataType.INT, original.shape());
        INDArray excluded = Nd4j.create(DataType.INT, original.shape());
        INDArray differs = Nd4j.create(DataType.BOOL, original.shape());
        return Step.sequence(
                NativeOperation.binary("minimum", original, Nd4j.scalar(DataType.INT, table.length() - 1), ids),
                TokenKernels.gatherRows(table, ids, excluded),
                NativeOperation.binary("not_equals", original, replaced, differs),
                TokenKernels.cast(differs, labels),
                NativeOperation.binary("subtract", Nd4j.scalar(DataType.INT, 1), excluded, ids),
                NativeOperation.binary("multiply", labels, ids, labels),
                NativeOperation.binary("subtract", labels, excluded, labels));
    }

    /** 1 for the excluded ids; the last entry, 0, stands for all ids behind them. */
    private static INDArray excludedTable(long[] excluded) {
        long greatest = -1;
        for (long id : excluded) {
            greatest = Math.max(greatest, id);
        }
        int[] table = new int[Math.toIntExact(greatest + 2)];
        for (long id : excluded) {
            table[(int) id] = 1;
        }
        return Nd4j.createFromArray(table);
    }

    /** Positions [B, M] as places in sequences laid one behind the other. */
    private static final class Places {
        private final INDArray positions;
        /** 1 where there is a position, 0 where it is −1. */
        private final INDArray chosen;
        /** Place of each position; some place where it is −1. */
        private final INDArray rows;

        private final INDArray starts;
        private final INDArray exists;

        Places(INDArray positions, long length) {
            this.positions = positions.reshape(positions.length());
            this.chosen = Nd4j.create(DataType.INT, positions.length());
            this.rows = Nd4j.create(DataType.INT, positions.length());
            this.exists = Nd4j.create(DataType.BOOL, positions.length());
            int[] first = new int[Math.toIntExact(positions.length())];
            for (int i = 0; i < first.length; i++) {
                first[i] = Math.toIntExact(i / positions.size(1) * length);
            }
            this.starts = Nd4j.createFromArray(first);
        }

        Step find() {
            INDArray zero = Nd4j.scalar(DataType.INT, 0);
            return Step.sequence(
                    NativeOperation.binary("greater_equal", positions, zero, exists),
                    TokenKernels.cast(exists, chosen),
                    NativeOperation.binary("maximum", positions, zero, rows),
                    NativeOperation.binary("add", rows, starts, rows));
        }
    }
}
