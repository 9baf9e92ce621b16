package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Relation;
import org.spactor.engine.plan.RelativePositions;

/** Operations on ids and positions: embeddings, relative positions, shifting, counting, comparing. */
final class TokenKernels {
    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.EMBEDDING, this::embedding);
        kernels.put(Kinds.EMBEDDING_GRADIENT, this::embeddingGradient);
        kernels.put(Kinds.RELATIVE_POSITION_BIAS, this::positionBias);
        kernels.put(Kinds.RELATIVE_POSITION_BIAS_GRADIENT, this::positionBiasGradient);
        kernels.put(Kinds.SHIFT_RIGHT, this::shiftRight);
        kernels.put(Kinds.COUNT_TOKENS, this::countTokens);
        kernels.put(Kinds.COMPARE, this::compare);
        kernels.put(Kinds.TO_FLOAT, this::toFloat);
    }

    private Step embedding(Instruction instruction, Nd4jMemory memory) {
        return gatherRows(
                memory.array(instruction.input("table")),
                memory.vector(instruction.input("ids")),
                memory.matrix(instruction.output("rows")));
    }

    private Step embeddingGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray table = memory.matrix(instruction.output("table-gradient"));
        return Step.sequence(
                start(instruction, table, memory),
                addRows(table, memory.vector(instruction.input("ids")), memory.matrix(instruction.input("gradient"))));
    }

    /** Fills a gradient with what others are added to: the addend, or zeros, or what is there. */
    static Step start(Instruction instruction, INDArray table, Nd4jMemory memory) {
        INDArray addend = Addend.of(instruction, memory);
        Step start = addend == null ? NativeOperation.zero(table) : NativeOperation.copyUnlessSame(addend, table);
        return instruction.accumulates() ? Step.either(memory::accumulating, () -> {}, start) : start;
    }

    static Step gatherRows(INDArray table, INDArray ids, INDArray rows) {
        return NativeOperation.named("gather").integers(0).prepare(new INDArray[] {table, ids}, rows);
    }

    /** table[ids[i]] += rows[i], one after the other: the flag says so, or several threads would lose what others add. */
    static Step addRows(INDArray table, INDArray ids, INDArray rows) {
        return NativeOperation.named("scatter_add")
                .flags(true)
                .inPlace()
                .prepare(new INDArray[] {table, ids, rows}, table);
    }

    private Step positionBias(Instruction instruction, Nd4jMemory memory) {
        INDArray table = memory.array(instruction.input("table"));
        INDArray bias = memory.array(instruction.output("bias"));
        INDArray buckets =
                Nd4j.createFromArray(buckets(instruction.attributes(), table.rows(), bias.size(1), bias.size(2)));
        INDArray rows = memory.scratch(new long[] {buckets.length(), bias.size(0)})[0];
        INDArray flat = bias.reshape(bias.size(0), buckets.length());
        return Step.sequence(gatherRows(table, buckets, rows), NativeOperation.copy(rows.transpose(), flat));
    }

    private Step positionBiasGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray gradient = memory.array(instruction.input("gradient"));
        INDArray table = memory.array(instruction.output("table-gradient"));
        INDArray buckets = Nd4j.createFromArray(
                buckets(instruction.attributes(), table.rows(), gradient.size(1), gradient.size(2)));
        INDArray rows = memory.scratch(new long[] {buckets.length(), gradient.size(0)})[0];
        INDArray flat = gradient.reshape(gradient.size(0), buckets.length());
        return Step.sequence(
                NativeOperation.copy(flat.transpose(), rows),
                start(instruction, table, memory),
                addRows(table, buckets, rows));
    }

    /** The bucket of every pair of a query and a key. */
    static int[] buckets(Attributes attributes, int count, long queries, long keys) {
        int[] buckets = new int[Math.toIntExact(queries * keys)];
        boolean bidirectional = attributes.flag("bidirectional");
        int maxDistance = attributes.number("max-distance");
        for (int i = 0; i < buckets.length; i++) {
            long relative = i % keys - i / keys;
            buckets[i] = RelativePositions.bucket(relative, bidirectional, count, maxDistance);
        }
        return buckets;
    }

    private Step shiftRight(Instruction instruction, Nd4jMemory memory) {
        INDArray tokens = memory.array(instruction.input("tokens"));
        INDArray shifted = memory.array(instruction.output("shifted"));
        long length = tokens.size(1);
        INDArray start = Nd4j.scalar(DataType.INT, instruction.attributes().integer("start"));
        INDArray first = shifted.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 1));
        List<Step> steps = new ArrayList<>();
        steps.add(NativeOperation.named("assign").prepare(new INDArray[] {first, start}, first));
        if (length > 1) {
            steps.add(NativeOperation.copy(
                    tokens.get(NDArrayIndex.all(), NDArrayIndex.interval(0, length - 1)),
                    shifted.get(NDArrayIndex.all(), NDArrayIndex.interval(1, length))));
        }
        return Step.sequence(steps.toArray(Step[]::new));
    }

    private Step countTokens(Instruction instruction, Nd4jMemory memory) {
        INDArray labels = memory.vector(instruction.input("labels"));
        INDArray counted = memory.scratch(new long[] {labels.length()})[0];
        return Step.sequence(
                whereNot(labels, instruction.attributes().integer("ignored"), counted),
                NativeOperation.reduceAll("reduce_sum", counted, memory.array(instruction.output("count"))));
    }

    private Step compare(Instruction instruction, Nd4jMemory memory) {
        Attributes attributes = instruction.attributes();
        INDArray x = memory.array(instruction.input("x"));
        INDArray y = instruction.inputs().size() == 1
                ? Nd4j.scalar(x.dataType(), attributes.real(Relation.NUMBER))
                : memory.array(instruction.input("y"));
        INDArray result = memory.array(instruction.output("result"));
        INDArray holds = Nd4j.create(DataType.BOOL, result.shape());
        String operation = switch (Relation.of(attributes)) {
            case EQUAL -> "equals";
            case DIFFERENT -> "not_equals";
            case LESS -> "less";
            case GREATER -> "greater";
        };
        return Step.sequence(NativeOperation.binary(operation, x, y, holds), cast(holds, result));
    }

    private Step toFloat(Instruction instruction, Nd4jMemory memory) {
        return cast(memory.vector(instruction.input("x")), memory.vector(instruction.output("y")));
    }

    /** result[i] = 1 where ids[i] ≠ ignored, else 0. */
    static Step whereNot(INDArray ids, long ignored, INDArray result) {
        INDArray different = Nd4j.create(DataType.BOOL, ids.shape());
        return Step.sequence(
                NativeOperation.binary("not_equals", ids, Nd4j.scalar(DataType.INT, ignored), different),
                cast(different, result));
    }

    static Step cast(INDArray from, INDArray to) {
        return NativeOperation.named("cast").integers(to.dataType().toInt()).prepare(new INDArray[] {from}, to);
    }
}
