package org.spactor.engine.nd4j;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;

/** Yes-or-no answers: their cross-entropy, and how good they are; and how often the likeliest id is the right one. */
final class DetectionKernels {
    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.SIGMOID_CROSS_ENTROPY, this::crossEntropy);
        kernels.put(Kinds.SIGMOID_CROSS_ENTROPY_GRADIENT, this::crossEntropyGradient);
        kernels.put(Kinds.DETECTIONS, this::detections);
        kernels.put(Kinds.COUNT_ANSWERS, this::countAnswers);
        kernels.put(Kinds.CORRECT_PREDICTIONS, this::correctPredictions);
    }

    /** Σ w (max(x, 0) − x·y + log1p(exp(−|x|))). */
    private Step crossEntropy(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.vector(instruction.input("logits"));
        Answers answers = new Answers(memory.vector(instruction.input("labels")));
        INDArray[] scratch = memory.scratch(x.shape(), x.shape(), x.shape(), x.shape());
        INDArray yes = scratch[0];
        INDArray counted = scratch[1];
        INDArray loss = scratch[2];
        INDArray product = scratch[3];
        return Step.sequence(
                answers.find(yes, counted),
                NativeOperation.unary("abs", x, loss),
                NativeOperation.unary("neg", loss, loss),
                NativeOperation.unary("exp", loss, loss),
                NativeOperation.unary("log1p", loss, loss),
                NativeOperation.binary("multiply", x, yes, product),
                NativeOperation.binary("subtract", loss, product, loss),
                NativeOperation.binary("maximum", x, memory.scalar(0), product),
                NativeOperation.binary("add", loss, product, loss),
                NativeOperation.binary("multiply", loss, counted, loss),
                NativeOperation.reduceAll("reduce_sum", loss, memory.array(instruction.output("sum"))));
    }

    private Step crossEntropyGradient(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.vector(instruction.input("logits"));
        Answers answers = new Answers(memory.vector(instruction.input("labels")));
        INDArray gradient = memory.vector(instruction.input("gradient"));
        INDArray result = memory.vector(instruction.output("logits-gradient"));
        INDArray[] scratch = memory.scratch(x.shape(), x.shape());
        INDArray yes = scratch[0];
        INDArray counted = scratch[1];
        return Step.sequence(
                answers.find(yes, counted),
                NativeOperation.unary("sigmoid", x, result),
                NativeOperation.binary("subtract", result, yes, result),
                NativeOperation.binary("multiply", result, counted, result),
                NativeOperation.binary("multiply", result, gradient, result));
    }

    private Step detections(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.vector(instruction.input("logits"));
        Answers answers = new Answers(memory.vector(instruction.input("labels")));
        INDArray[] scratch = memory.scratch(x.shape(), x.shape(), x.shape(), x.shape());
        INDArray yes = scratch[0];
        INDArray counted = scratch[1];
        INDArray answered = scratch[2];
        INDArray product = scratch[3];
        INDArray positive = Nd4j.create(DataType.BOOL, x.shape());
        return Step.sequence(
                answers.find(yes, counted),
                NativeOperation.binary("greater", x, memory.scalar(0), positive),
                TokenKernels.cast(positive, answered),
                NativeOperation.binary("multiply", answered, counted, answered),
                NativeOperation.reduceAll("reduce_sum", answered, memory.array(instruction.output("answered-yes"))),
                NativeOperation.reduceAll("reduce_sum", yes, memory.array(instruction.output("labelled-yes"))),
                NativeOperation.binary("multiply", answered, yes, product),
                NativeOperation.reduceAll("reduce_sum", product, memory.array(instruction.output("right-yes"))),
                // right = counted · (1 − |answered − yes|)
                NativeOperation.binary("subtract", answered, yes, product),
                NativeOperation.unary("abs", product, product),
                NativeOperation.binary("subtract", counted, product, product),
                NativeOperation.reduceAll("reduce_sum", product, memory.array(instruction.output("right"))));
    }

    private Step countAnswers(Instruction instruction, Nd4jMemory memory) {
        INDArray labels = memory.vector(instruction.input("labels"));
        INDArray[] scratch = memory.scratch(labels.shape(), labels.shape());
        return Step.sequence(
                new Answers(labels).find(scratch[0], scratch[1]),
                NativeOperation.reduceAll("reduce_sum", scratch[1], memory.array(instruction.output("count"))));
    }

    private Step correctPredictions(Instruction instruction, Nd4jMemory memory) {
        INDArray logits = memory.matrix(instruction.input("logits"));
        INDArray labels = memory.vector(instruction.input("labels"));
        INDArray[] scratch = memory.scratch(labels.shape(), labels.shape());
        INDArray counted = scratch[0];
        INDArray right = scratch[1];
        INDArray likeliest = Nd4j.create(DataType.LONG, labels.shape());
        INDArray wanted = Nd4j.create(DataType.LONG, labels.shape());
        INDArray equal = Nd4j.create(DataType.BOOL, labels.shape());
        return Step.sequence(
                NativeOperation.named("argmax").integers(1).prepare(new INDArray[] {logits}, likeliest),
                TokenKernels.cast(labels, wanted),
                NativeOperation.binary("equals", likeliest, wanted, equal),
                TokenKernels.cast(equal, right),
                TokenKernels.whereNot(labels, instruction.attributes().integer("ignored"), counted),
                NativeOperation.binary("multiply", right, counted, right),
                NativeOperation.reduceAll("reduce_sum", right, memory.array(instruction.output("count"))));
    }

    /** Labels 1 and 0 among others. */
    private static final class Answers {
        private final INDArray labels;
        private final INDArray isYes;
        private final INDArray isNo;

        Answers(INDArray labels) {
            this.labels = labels;
            this.isYes = Nd4j.create(DataType.BOOL, labels.shape());
            this.isNo = Nd4j.create(DataType.BOOL, labels.shape());
        }

        /** yes[i] = 1 where the label is 1; counted[i] = 1 where it is 1 or 0. */
        Step find(INDArray yes, INDArray counted) {
            return Step.sequence(
                    NativeOperation.binary("equals", labels, Nd4j.scalar(DataType.INT, 1), isYes),
                    NativeOperation.binary("equals", labels, Nd4j.scalar(DataType.INT, 0), isNo),
                    TokenKernels.cast(isYes, yes),
                    TokenKernels.cast(isNo, counted),
                    NativeOperation.binary("add", counted, yes, counted));
        }
    }
}
