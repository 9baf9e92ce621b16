package org.spactor.engine.nd4j;

import java.util.Arrays;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;

/** Operations at chosen positions of sequences: taking states and tokens out, putting tokens in. */
final class PositionKernels {
    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.STATES_AT, this::statesAt);
        kernels.put(Kinds.STATES_AT_GRADIENT, this::statesAtGradient);
        kernels.put(Kinds.TOKENS_AT, this::tokensAt);
        kernels.put(Kinds.REPLACE_TOKENS, this::replaceTokens);
        kernels.put(Kinds.REPLACEMENT_LABELS, this::replacementLabels);
    }

    private Step statesAt(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.matrix(instruction.input("x"));
        INDArray result = memory.matrix(instruction.output("states"));
        Places places = new Places(
                memory.array(instruction.input("positions")),
                instruction.input("x").shape()[1]);
        INDArray chosen = memory.scratch(new long[] {result.rows(), 1})[0];
        return Step.sequence(
                places.find(),
                TokenKernels.gatherRows(x, places.rows, result),
                TokenKernels.cast(places.chosen, chosen.reshape(result.rows())),
                NativeOperation.binary("multiply", result, chosen, result));
    }

    private Step statesAtGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray gradient = memory.matrix(instruction.input("gradient"));
        INDArray result = memory.matrix(instruction.output("x-gradient"));
        Places places = new Places(
                memory.array(instruction.input("positions")),
                instruction.input("x").shape()[1]);
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
        INDArray tokens = memory.vector(instruction.input("tokens"));
        INDArray result = memory.vector(instruction.output("chosen"));
        Places places = new Places(
                memory.array(instruction.input("positions")),
                instruction.input("tokens").shape()[1]);
        INDArray one = Nd4j.scalar(DataType.INT, 1);
        return Step.sequence(
                places.find(),
                TokenKernels.gatherRows(tokens, places.rows, result),
                NativeOperation.binary("add", result, one, result),
                NativeOperation.binary("multiply", result, places.chosen, result),
                NativeOperation.binary("subtract", result, one, result));
    }

    /** Adds value − token at the places, and nothing where there is no place or a later one is the same. */
    private Step replaceTokens(Instruction instruction, Nd4jMemory memory) {
        INDArray tokens = memory.vector(instruction.input("tokens"));
        INDArray values = memory.vector(instruction.input("values"));
        INDArray result = memory.vector(instruction.output("replaced"));
        Places places = new Places(
                memory.array(instruction.input("positions")),
                instruction.input("tokens").shape()[1]);
        INDArray change = Nd4j.create(DataType.INT, values.shape());
        return Step.sequence(
                places.find(),
                places.keepLast(),
                TokenKernels.gatherRows(tokens, places.rows, change),
                NativeOperation.binary("subtract", values, change, change),
                NativeOperation.binary("multiply", change, places.chosen, change),
                NativeOperation.copy(tokens, result),
                TokenKernels.addRows(result, places.rows, change));
    }

    /** differs · (1 − excluded) − excluded. */
    private Step replacementLabels(Instruction instruction, Nd4jMemory memory) {
        INDArray original = memory.vector(instruction.input("original"));
        INDArray replaced = memory.vector(instruction.input("replaced"));
        INDArray labels = memory.vector(instruction.output("labels"));
        long[] bounds = bounds(instruction.attributes().integers("excluded"));
        INDArray table = excludedTable(instruction.attributes().integers("excluded"), bounds);
        INDArray least = Nd4j.scalar(DataType.INT, bounds[0]);
        INDArray ids = Nd4j.create(DataType.INT, original.shape());
        INDArray excluded = Nd4j.create(DataType.INT, original.shape());
        INDArray differs = Nd4j.create(DataType.BOOL, original.shape());
        return Step.sequence(
                NativeOperation.binary("minimum", original, Nd4j.scalar(DataType.INT, bounds[1]), ids),
                NativeOperation.binary("maximum", ids, least, ids),
                NativeOperation.binary("subtract", ids, least, ids),
                TokenKernels.gatherRows(table, ids, excluded),
                NativeOperation.binary("not_equals", original, replaced, differs),
                TokenKernels.cast(differs, labels),
                NativeOperation.binary("subtract", Nd4j.scalar(DataType.INT, 1), excluded, ids),
                NativeOperation.binary("multiply", labels, ids, labels),
                NativeOperation.binary("subtract", labels, excluded, labels));
    }

    /** An id below all excluded ones and one above them, which stand for all beyond. */
    private static long[] bounds(long[] excluded) {
        LongSummaryStatistics ids = Arrays.stream(excluded).summaryStatistics();
        return excluded.length == 0 ? new long[2] : new long[] {ids.getMin() - 1, ids.getMax() + 1};
    }

    /** 1 for the excluded ids, 0 for the others within the bounds. */
    private static INDArray excludedTable(long[] excluded, long[] bounds) {
        int[] table = new int[Math.toIntExact(bounds[1] - bounds[0] + 1)];
        for (long id : excluded) {
            table[(int) (id - bounds[0])] = 1;
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
        private final long each;

        Places(INDArray positions, long length) {
            this.each = positions.size(1);
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

        /** Lets the last one count of several places of a sequence that are the same. */
        Step keepLast() {
            long batch = positions.length() / each;
            INDArray same = Nd4j.create(DataType.BOOL, batch, each, each);
            INDArray repeated = Nd4j.create(DataType.INT, batch, each, each);
            INDArray superseded = Nd4j.create(DataType.INT, batch, each, 1);
            INDArray flat = superseded.reshape(positions.length());
            return Step.sequence(
                    NativeOperation.binary(
                            "equals", positions.reshape(batch, each, 1), positions.reshape(batch, 1, each), same),
                    TokenKernels.cast(same, repeated),
                    NativeOperation.binary("multiply", repeated, later(), repeated),
                    NativeOperation.reduce("reduce_max", repeated, 2, superseded),
                    NativeOperation.binary("subtract", Nd4j.scalar(DataType.INT, 1), flat, flat),
                    NativeOperation.binary("multiply", chosen, flat, chosen));
        }

        /** [1, M, M]: 1 where the second is behind the first. */
        private INDArray later() {
            int[] behind = new int[Math.toIntExact(each * each)];
            for (int i = 0; i < behind.length; i++) {
                behind[i] = i % each > i / each ? 1 : 0;
            }
            return Nd4j.createFromArray(behind).reshape(1, each, each);
        }
    }
}
