package org.spactor.engine.reference;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Shape;

/** Small graphs, at least one for each of the engine's own operations. */
public final class OperationGraphs {
    private static final int BATCH = GraphCase.BATCH;
    private static final int INPUTS = GraphCase.INPUT_LENGTH;
    private static final int TARGETS = GraphCase.TARGET_LENGTH;
    private static final int VOCABULARY = GraphCase.VOCABULARY;
    private static final int HEADS = 2;
    private static final int WIDTH = 6;

    private OperationGraphs() {}

    /** All graphs. */
    public static List<GraphCase> all() {
        List<GraphCase> cases = new ArrayList<>(differentiable());
        cases.add(GraphCase.of("stop-gradient of a parameter", OperationGraphs::stopGradientOfParameter));
        cases.add(GraphCase.of("stop-gradient of a layer", OperationGraphs::stopGradientOfLayer));
        cases.add(GraphCase.of("stop-gradient of one of two uses", OperationGraphs::stopGradientOfOneUse));
        return cases;
    }

    /** The graphs in which nothing stops the gradient. */
    public static List<GraphCase> differentiable() {
        List<GraphCase> cases = new ArrayList<>();
        cases.add(GraphCase.of("embedding with repeated ids", OperationGraphs::embedding));
        cases.add(GraphCase.of("rms-norm of rank 2", graph -> rmsNorm(graph, 5, 4)));
        cases.add(GraphCase.of("rms-norm of rank 3", graph -> rmsNorm(graph, 2, 3, 4)));
        cases.add(GraphCase.of("linear of rank 2", graph -> linear(graph, 5, 4)));
        cases.add(GraphCase.of("linear of rank 3", graph -> linear(graph, 2, 3, 4)));
        cases.add(GraphCase.of("gated-gelu", OperationGraphs::gatedGelu));
        cases.add(GraphCase.of("gelu", OperationGraphs::gelu));
        cases.add(GraphCase.of("rectifier", OperationGraphs::rectifier));
        cases.add(GraphCase.of("scale", OperationGraphs::scale));
        cases.add(GraphCase.of("rotary-positions", OperationGraphs::rotaryPositions));
        cases.add(GraphCase.of("relative-position-bias, bidirectional", graph -> positionBias(graph, true)));
        cases.add(GraphCase.of("relative-position-bias, causal", graph -> positionBias(graph, false)));
        cases.add(GraphCase.of("attention with padded keys", graph -> selfAttention(graph, false, false, 0)));
        cases.add(GraphCase.of("attention, causal", graph -> selfAttention(graph, true, false, 0)));
        cases.add(GraphCase.of("attention with bias", graph -> selfAttention(graph, false, true, 0)));
        cases.add(GraphCase.of("attention, causal with bias", graph -> selfAttention(graph, true, true, 0)));
        cases.add(GraphCase.of("attention with dropout", graph -> selfAttention(graph, false, false, 0.4)));
        cases.add(GraphCase.of(
                "attention, causal with bias and dropout", graph -> selfAttention(graph, true, true, 0.4)));
        cases.add(GraphCase.of("attention to every key", OperationGraphs::attentionToEveryKey));
        cases.add(GraphCase.of("attention to another sequence", OperationGraphs::crossAttention));
        cases.add(GraphCase.of("dropout", OperationGraphs::dropout));
        cases.add(GraphCase.of("cross-entropy with ignored labels", OperationGraphs::crossEntropy));
        cases.add(GraphCase.of("cross-entropy of two weights", OperationGraphs::twoCrossEntropies));
        cases.add(GraphCase.of("cross-entropy with something after it", OperationGraphs::squaredCrossEntropy));
        cases.add(GraphCase.of("shift-right", OperationGraphs::shiftRight));
        cases.add(positions("states at positions", OperationGraphs::statesAt));
        cases.add(positions("detection of replaced tokens", OperationGraphs::detection));
        cases.add(positions("sampled tokens put in and embedded", OperationGraphs::sampled));
        cases.add(GraphCase.of("accuracy of predictions", OperationGraphs::accuracy));
        cases.add(GraphCase.of("a value used twice", OperationGraphs::valueUsedTwice));
        cases.add(GraphCase.of("a parameter used twice", OperationGraphs::parameterUsedTwice));
        cases.add(GraphCase.of("a parameter that no loss uses", OperationGraphs::unusedParameter));
        cases.add(GraphCase.of("two parameters of one gradient", OperationGraphs::sharedGradient));
        cases.add(GraphCase.of("tokens joined, cut and counted up", OperationGraphs::tokens));
        cases.add(GraphCase.of("linear of a permuted value", OperationGraphs::linearOfPermuted));
        cases.add(GraphCase.of("own operations on a permuted value", OperationGraphs::ownOperationsOnPermuted));
        cases.add(GraphCase.of("a weight and its transpose", OperationGraphs::transposedWeight));
        cases.add(GraphCase.of("a weight that is a sum of parameters", OperationGraphs::sumOfParameters));
        cases.add(GraphCase.of("a product stretched over the batch", OperationGraphs::stretchedProduct));
        cases.add(GraphCase.of("labels that are sums", OperationGraphs::sumsOfIntegers));
        cases.add(GraphCase.of("a transformer block", graph -> block(graph, WIDTH, VOCABULARY, HEADS)));
        return cases;
    }

    /** A graph whose tensors are long enough for vector instructions, and odd enough for what they leave over. */
    public static GraphCase wideBlock() {
        return GraphCase.of("a wide transformer block", graph -> block(graph, 68, 131, 4))
                .withFeature(Feature.INPUTS, 37);
    }

    private static final Feature POSITIONS = new Feature("positions", -1);
    private static final Feature VALUES = new Feature("values", 0);

    private static GraphCase positions(String name, java.util.function.Consumer<ModelGraph> declaration) {
        return GraphCase.of(name, declaration)
                .withFeature(POSITIONS, 2)
                .withFeature(VALUES, 2)
                .withIntegers("feature.positions", 4, 1, 0, -1, -1, 5);
    }

    private static void statesAt(ModelGraph graph) {
        SDVariable table = parameter(graph, "table", VOCABULARY, WIDTH);
        SDVariable states = graph.embedding(table, graph.feature(Feature.INPUTS));
        SDVariable chosen = graph.statesAt(states, graph.feature(POSITIONS));
        SDVariable logits = graph.linear(chosen, parameter(graph, "out", VOCABULARY, WIDTH));
        SDVariable labels = graph.tokensAt(graph.feature(Feature.INPUTS), graph.feature(POSITIONS));
        graph.loss("mlm", graph.crossEntropy(logits, labels, -1));
        graph.metric("accuracy.mlm", graph.accuracy(logits, labels, -1));
    }

    private static void detection(ModelGraph graph) {
        SDVariable tokens = graph.feature(Feature.INPUTS);
        SDVariable positions = graph.feature(POSITIONS);
        SDVariable changed = graph.replaceTokens(tokens, positions, graph.feature(VALUES));
        SDVariable labels = graph.replacementLabels(tokens, changed, 0, 3);
        SDVariable table = parameter(graph, "table", VOCABULARY, WIDTH);
        SDVariable logits = graph.linear(graph.embedding(table, changed), parameter(graph, "head", 1, WIDTH));
        graph.loss("rtd", graph.sigmoidCrossEntropy(logits, labels));
        Graph.Detection detection = graph.detection(logits, labels);
        graph.metric("accuracy", detection.accuracy());
        graph.metric("precision", detection.precision());
        graph.metric("recall", detection.recall());
        graph.metric("share", detection.share());
    }

    private static void sampled(ModelGraph graph) {
        SDVariable tokens = graph.feature(Feature.INPUTS);
        SDVariable positions = graph.feature(POSITIONS);
        SDVariable table = parameter(graph, "table", VOCABULARY, WIDTH);
        SDVariable hidden = graph.statesAt(graph.embedding(table, tokens), positions);
        SDVariable logits = graph.linear(hidden, parameter(graph, "generator", VOCABULARY, WIDTH));
        SDVariable labels = graph.tokensAt(tokens, positions);
        SDVariable replaced = graph.replaceTokens(tokens, positions, graph.sampleCategorical(logits, 0.7));
        SDVariable seen = graph.embedding(parameter(graph, "other table", VOCABULARY, WIDTH), replaced);
        SDVariable answers = graph.linear(seen, parameter(graph, "head", 1, WIDTH));
        graph.loss("mlm", graph.crossEntropy(logits, labels, -1));
        graph.loss("rtd", graph.sigmoidCrossEntropy(answers, graph.replacementLabels(tokens, replaced, 0)));
    }

    private static void accuracy(ModelGraph graph) {
        SDVariable table = parameter(graph, "table", VOCABULARY, WIDTH);
        SDVariable states = graph.embedding(table, graph.feature(Feature.INPUTS));
        SDVariable logits = graph.linear(states, parameter(graph, "out", VOCABULARY, WIDTH));
        graph.loss("sc", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), 2));
        graph.metric("accuracy", graph.accuracy(logits, graph.feature(Feature.INPUTS), 2));
    }

    /** A parameter of a test's graph; the initializer is of no account. */
    public static SDVariable parameter(Graph graph, String name, long... shape) {
        return graph.parameter(name, Initializer.ones(), shape);
    }

    /** Adds Σ x ⊙ (fixed random numbers) as a loss, so that every element has a gradient of its own. */
    public static void lossOf(Graph graph, String name, SDVariable x, long... shape) {
        SDVariable factors = graph.sameDiff().constant("factors." + name, constant(name, shape));
        graph.loss(name, new TokenSum(x.mul(factors).sum(), one(graph, name)));
    }

    /** Fixed random numbers as an array of ND4J's. */
    static INDArray constant(String purpose, long... shape) {
        double[] numbers = RandomInputs.reals("constant " + purpose, Math.toIntExact(Shape.elements(shape)));
        return Nd4j.create(numbers, shape, DataType.FLOAT);
    }

    private static SDVariable one(Graph graph, String name) {
        return graph.sameDiff().constant("one." + name, Nd4j.scalar(1f));
    }

    private static void embedding(ModelGraph graph) {
        SDVariable table = parameter(graph, "table", VOCABULARY, 4);
        lossOf(graph, "loss", graph.embedding(table, graph.feature(Feature.INPUTS)), BATCH, INPUTS, 4);
    }

    private static void rmsNorm(ModelGraph graph, long... shape) {
        SDVariable weight = parameter(graph, "weight", Shape.columns(shape));
        lossOf(graph, "loss", graph.rmsNorm(parameter(graph, "x", shape), weight, 1e-6), shape);
    }

    private static void linear(ModelGraph graph, long... shape) {
        SDVariable weight = parameter(graph, "weight", 3, Shape.columns(shape));
        lossOf(graph, "loss", graph.linear(parameter(graph, "x", shape), weight), Shape.withColumns(shape, 3));
    }

    private static void gatedGelu(ModelGraph graph) {
        SDVariable gate = graph.scale(parameter(graph, "gate", 2, 3, 4), 3);
        lossOf(graph, "loss", graph.gatedGelu(gate, parameter(graph, "value", 2, 3, 4)), 2, 3, 4);
    }

    private static void gelu(ModelGraph graph) {
        lossOf(graph, "loss", graph.gelu(parameter(graph, "x", 3, 5)), 3, 5);
    }

    private static void rectifier(ModelGraph graph) {
        lossOf(graph, "loss", graph.relu(parameter(graph, "x", 3, 5)), 3, 5);
    }

    private static void scale(ModelGraph graph) {
        lossOf(graph, "loss", graph.scale(parameter(graph, "x", 3, 5), -0.7), 3, 5);
    }

    private static void rotaryPositions(ModelGraph graph) {
        lossOf(graph, "loss", graph.rotaryPositions(parameter(graph, "x", 2, 5, 12), 3, 10), 2, 5, 12);
    }

    private static void positionBias(ModelGraph graph, boolean bidirectional) {
        SDVariable table = parameter(graph, "table", 8, HEADS);
        SDVariable queries = graph.feature(Feature.TARGETS);
        SDVariable keys = graph.feature(Feature.INPUTS);
        SDVariable bias = graph.relativePositionBias(table, queries, keys, bidirectional, 5);
        lossOf(graph, "loss", bias, HEADS, TARGETS, INPUTS);
    }

    private static void selfAttention(ModelGraph graph, boolean causal, boolean biased, double dropout) {
        SDVariable query = parameter(graph, "query", BATCH, INPUTS, WIDTH);
        SDVariable key = parameter(graph, "key", BATCH, INPUTS, WIDTH);
        SDVariable value = parameter(graph, "value", BATCH, INPUTS, WIDTH);
        SDVariable bias = biased ? parameter(graph, "bias", HEADS, INPUTS, INPUTS) : null;
        SDVariable tokens = graph.feature(Feature.INPUTS);
        SDVariable mixed =
                graph.attention(new Graph.Attention(query, key, value, tokens, bias, causal, HEADS, dropout));
        lossOf(graph, "loss", mixed, BATCH, INPUTS, WIDTH);
    }

    private static void attentionToEveryKey(ModelGraph graph) {
        SDVariable query = parameter(graph, "query", BATCH, INPUTS, WIDTH);
        SDVariable key = parameter(graph, "key", BATCH, INPUTS, WIDTH);
        SDVariable value = parameter(graph, "value", BATCH, INPUTS, WIDTH);
        SDVariable bias = parameter(graph, "bias", HEADS, INPUTS, INPUTS);
        SDVariable mixed = graph.attention(new Graph.Attention(query, key, value, null, bias, true, HEADS, 0.4));
        lossOf(graph, "loss", mixed, BATCH, INPUTS, WIDTH);
    }

    private static void crossAttention(ModelGraph graph) {
        SDVariable query = parameter(graph, "query", BATCH, TARGETS, WIDTH);
        SDVariable key = parameter(graph, "key", BATCH, INPUTS, WIDTH);
        SDVariable value = parameter(graph, "value", BATCH, INPUTS, WIDTH);
        SDVariable tokens = graph.feature(Feature.INPUTS);
        SDVariable mixed = graph.attention(new Graph.Attention(query, key, value, tokens, null, false, HEADS, 0));
        lossOf(graph, "loss", mixed, BATCH, TARGETS, WIDTH);
    }

    private static void dropout(ModelGraph graph) {
        SDVariable x = parameter(graph, "x", 4, 5);
        SDVariable once = graph.dropout(x, 0.3);
        SDVariable twice = graph.dropout(once, 0.3);
        lossOf(graph, "once", once, 4, 5);
        lossOf(graph, "twice", twice, 4, 5);
    }

    private static void crossEntropy(ModelGraph graph) {
        SDVariable logits = graph.scale(parameter(graph, "logits", BATCH, TARGETS, VOCABULARY), 4);
        graph.loss("loss", graph.crossEntropy(logits, graph.feature(Feature.TARGETS), 0));
    }

    private static void twoCrossEntropies(ModelGraph graph) {
        SDVariable hidden = parameter(graph, "hidden", BATCH, TARGETS, WIDTH);
        SDVariable first = graph.linear(hidden, parameter(graph, "first", VOCABULARY, WIDTH));
        SDVariable second = graph.linear(hidden, parameter(graph, "second", VOCABULARY, WIDTH));
        SDVariable labels = graph.feature(Feature.TARGETS);
        graph.loss("first", graph.crossEntropy(first, labels, 0));
        graph.loss("second", graph.crossEntropy(second, labels, 1));
        graph.metric("metric", graph.crossEntropy(first, labels, 2));
    }

    private static void squaredCrossEntropy(ModelGraph graph) {
        SDVariable logits = parameter(graph, "logits", BATCH, TARGETS, VOCABULARY);
        TokenSum sum = graph.crossEntropy(logits, graph.feature(Feature.TARGETS), 0);
        graph.loss("loss", new TokenSum(sum.sum().mul(sum.sum()).mul(0.01), sum.count()));
    }

    private static void shiftRight(ModelGraph graph) {
        SDVariable table = parameter(graph, "table", VOCABULARY, 4);
        SDVariable shifted = graph.shiftRight(graph.feature(Feature.TARGETS), 5);
        lossOf(graph, "loss", graph.embedding(table, shifted), BATCH, TARGETS, 4);
    }

    private static void valueUsedTwice(ModelGraph graph) {
        SDVariable y = graph.linear(parameter(graph, "x", 5, 4), parameter(graph, "weight", 4, 4));
        SDVariable normed = graph.rmsNorm(y, parameter(graph, "norm", 4), 1e-6);
        lossOf(graph, "loss", y.add(graph.relu(normed)).add(graph.gatedGelu(y, y)), 5, 4);
    }

    private static SDVariable embedded(ModelGraph graph) {
        return graph.embedding(parameter(graph, "table", VOCABULARY, WIDTH), graph.feature(Feature.INPUTS));
    }

    private static void transposedWeight(ModelGraph graph) {
        SDVariable weight = parameter(graph, "weight", WIDTH, WIDTH);
        SDVariable hidden = graph.linear(embedded(graph), weight);
        SDVariable logits = graph.linear(hidden, weight.permute(1, 0));
        graph.loss("loss", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), 6));
    }

    private static void sumOfParameters(ModelGraph graph) {
        SDVariable first = parameter(graph, "first", VOCABULARY, WIDTH);
        SDVariable second = parameter(graph, "second", VOCABULARY, WIDTH);
        SDVariable x = embedded(graph);
        SDVariable logits = graph.linear(x, first.add(second));
        SDVariable others = graph.linear(graph.scale(x, 0.5), first);
        graph.loss("sum", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), 0));
        graph.loss("one", graph.crossEntropy(others, graph.feature(Feature.INPUTS), 0));
    }

    private static void stretchedProduct(ModelGraph graph) {
        SDVariable places = parameter(graph, "places", INPUTS, 3);
        SDVariable shift = graph.linear(places, parameter(graph, "weight", WIDTH, 3));
        SDVariable logits = embedded(graph).add(shift);
        graph.loss("loss", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), 6));
    }

    private static void sumsOfIntegers(ModelGraph graph) {
        SDVariable tokens = graph.feature(Feature.INPUTS);
        SDVariable minusOne = graph.sameDiff()
                .constant(
                        "minus-one",
                        Nd4j.ones(DataType.INT, GraphCase.BATCH, INPUTS).neg());
        SDVariable logits = graph.linear(embedded(graph), parameter(graph, "out", VOCABULARY, WIDTH));
        graph.loss("loss", graph.crossEntropy(logits, tokens.add(minusOne), -1));
    }

    private static void parameterUsedTwice(ModelGraph graph) {
        SDVariable table = parameter(graph, "table", VOCABULARY, WIDTH);
        SDVariable logits = graph.linear(graph.embedding(table, graph.feature(Feature.TARGETS)), table);
        graph.loss("loss", graph.crossEntropy(logits, graph.feature(Feature.TARGETS), 0));
    }

    private static void unusedParameter(ModelGraph graph) {
        lossOf(graph, "loss", graph.relu(parameter(graph, "used", 3, 5)), 3, 5);
        graph.relu(parameter(graph, "unused", 3, 5));
    }

    private static void sharedGradient(ModelGraph graph) {
        lossOf(graph, "loss", parameter(graph, "x", 3, 5).add(parameter(graph, "y", 3, 5)), 3, 5);
    }

    private static void tokens(ModelGraph graph) {
        SDVariable joined = graph.sameDiff().concat(1, graph.feature(Feature.INPUTS), graph.feature(Feature.TARGETS));
        SDVariable cut = graph.sameDiff()
                .stridedSlice(joined.permute(1, 0), new long[] {1, 0}, new long[] {7, BATCH}, new long[] {1, 1});
        SDVariable table = parameter(graph, "table", VOCABULARY + 1, 4);
        lossOf(graph, "loss", graph.embedding(table, cut.add(1)), 6, BATCH, 4);
    }

    private static void linearOfPermuted(ModelGraph graph) {
        SDVariable x = parameter(graph, "x", 3, 4, 2).add(1).permute(0, 2, 1);
        lossOf(graph, "loss", graph.linear(x, parameter(graph, "weight", 5, 4)), 3, 2, 5);
    }

    private static void ownOperationsOnPermuted(ModelGraph graph) {
        SDVariable x = parameter(graph, "x", 3, 4, 2).add(1).permute(2, 0, 1);
        SDVariable gated = graph.gatedGelu(x, graph.relu(x));
        SDVariable normed = graph.rmsNorm(graph.scale(gated, 2), parameter(graph, "weight", 4), 1e-6);
        lossOf(graph, "loss", graph.dropout(normed, 0.2), 2, 3, 4);
    }

    private static void block(ModelGraph graph, int width, int vocabulary, int heads) {
        SDVariable tokens = graph.feature(Feature.INPUTS);
        SDVariable table = parameter(graph, "shared", vocabulary, width);
        SDVariable x = graph.dropout(graph.embedding(table, tokens), 0.1);
        SDVariable bias = graph.relativePositionBias(parameter(graph, "positions", 8, heads), tokens, tokens, true, 5);
        SDVariable normed = norm(graph, "norm.0", x, width);
        SDVariable query = graph.linear(normed, parameter(graph, "q", width, width));
        SDVariable mixed = graph.attention(new Graph.Attention(
                // parameters are within (-1, 1) whatever the width is: without a scale the softmax is a maximum
                graph.scale(query, 1.0 / width),
                graph.linear(normed, parameter(graph, "k", width, width)),
                graph.linear(normed, parameter(graph, "v", width, width)),
                tokens,
                bias,
                false,
                heads,
                0.1));
        x = x.add(graph.dropout(graph.linear(mixed, parameter(graph, "o", width, width)), 0.1));
        normed = norm(graph, "norm.1", x, width);
        SDVariable hidden = graph.gatedGelu(
                graph.linear(normed, parameter(graph, "wi_0", 2L * width, width)),
                graph.linear(normed, parameter(graph, "wi_1", 2L * width, width)));
        x = x.add(graph.linear(hidden, parameter(graph, "wo", width, 2L * width)));
        SDVariable logits = graph.linear(norm(graph, "norm.2", x, width), table);
        graph.loss("loss", graph.crossEntropy(logits, tokens, 0));
    }

    private static SDVariable norm(ModelGraph graph, String name, SDVariable x, int width) {
        return graph.rmsNorm(x, parameter(graph, name, width), 1e-6);
    }

    private static void stopGradientOfParameter(ModelGraph graph) {
        SDVariable stopped = graph.stopGradient(parameter(graph, "stopped", 3, 5));
        lossOf(graph, "loss", stopped.mul(parameter(graph, "free", 3, 5)), 3, 5);
    }

    private static void stopGradientOfLayer(ModelGraph graph) {
        SDVariable y = graph.linear(parameter(graph, "stopped.x", 5, 4), parameter(graph, "stopped.weight", 3, 4));
        lossOf(graph, "loss", graph.stopGradient(y).mul(parameter(graph, "free", 5, 3)), 5, 3);
    }

    private static void stopGradientOfOneUse(ModelGraph graph) {
        SDVariable x = parameter(graph, "x", 5, 4);
        SDVariable y = graph.scale(x, 3);
        lossOf(graph, "loss", graph.stopGradient(y).mul(y), 5, 4);
    }
}
