package org.spactor.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
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
        cases.add(GraphCase.of("max of equals", OperationGraphs::maxOfEquals));
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
        cases.add(GraphCase.of("tokens joined and cut", OperationGraphs::tokens));
        cases.add(GraphCase.of("linear of a permuted value", OperationGraphs::linearOfPermuted));
        cases.add(GraphCase.of("own operations on a permuted value", OperationGraphs::ownOperationsOnPermuted));
        cases.add(GraphCase.of("a weight and its transpose", OperationGraphs::transposedWeight));
        cases.add(GraphCase.of("a weight that is a sum of parameters", OperationGraphs::sumOfParameters));
        cases.add(GraphCase.of("a product stretched over the batch", OperationGraphs::stretchedProduct));
        cases.add(GraphCase.of("attention, causal behind a prefix", graph -> prefixAttention(graph, false, 0)));
        cases.add(GraphCase.of(
                "attention, causal behind a prefix, with padded keys, bias and dropout",
                graph -> prefixAttention(graph, true, 0.4)));
        cases.add(repeatedPositions("states at positions that are the same", OperationGraphs::statesAt));
        cases.add(repeatedPositions("tokens put in where others were put in", OperationGraphs::detection));
        cases.add(repeatedPositions("sampled tokens of positions that are the same", OperationGraphs::sampled));
        cases.add(positions("tokens that are no tokens", OperationGraphs::missingTokens));
        cases.add(GraphCase.of("token-cross-entropy of weighed tokens", OperationGraphs::tokenCrossEntropy));
        cases.add(GraphCase.of("token-cross-entropy with something after it", OperationGraphs::focalLoss));
        cases.add(GraphCase.of("log-sum-exp of great numbers", OperationGraphs::logSumExp));
        cases.add(GraphCase.of("a sum over a mask", OperationGraphs::sumOver));
        cases.add(GraphCase.of("a mask of an answer that depends on a parameter", OperationGraphs::maskOfParameter));
        cases.add(GraphCase.of("an accuracy in a loss", OperationGraphs::accuracyInLoss));
        for (ValueOperation operation : ValueOperation.all()) {
            cases.add(operation.asCase());
        }
        cases.add(GraphCase.of("a transformer block", graph -> block(graph, WIDTH, VOCABULARY, HEADS)));
        return cases;
    }

    /** A graph whose tensors are long enough for vector instructions, and odd enough for what they leave over. */
    public static GraphCase wideBlock() {
        return GraphCase.of("a wide transformer block", graph -> block(graph, 68, 131, 4))
                .withFeature(Feature.INPUTS, 37);
    }

    private static final Feature POSITIONS = Feature.positions("positions", Feature.INPUTS);
    private static final Feature VALUES = Feature.tokens("values");

    private static GraphCase positions(String name, Consumer<ModelGraph> declaration) {
        return GraphCase.of(name, declaration)
                .withFeature(POSITIONS, 2)
                .withFeature(VALUES, 2)
                .withIntegers("feature.positions", 4, 1, 0, -1, -1, 5);
    }

    /** Three positions in each sequence, some of them the same. */
    private static GraphCase repeatedPositions(String name, Consumer<ModelGraph> declaration) {
        return GraphCase.of(name, declaration)
                .withFeature(POSITIONS, 3)
                .withFeature(VALUES, 3)
                .withIntegers("feature.positions", 4, 1, 4, -1, 2, -1, 5, 5, 5)
                .withIntegers("feature.values", 1, 2, 5, 3, 4, 6, 6, 2, 1);
    }

    private static void missingTokens(ModelGraph graph) {
        Value tokens = graph.feature(Feature.INPUTS);
        Value some = graph.tokensAt(tokens, graph.feature(POSITIONS));
        Value labels = graph.replacementLabels(some, graph.feature(VALUES), -1, 2, 4);
        graph.loss("rtd", graph.sigmoidCrossEntropy(parameter(graph, "logits", BATCH, 2), labels));
    }

    private static void statesAt(ModelGraph graph) {
        Value table = parameter(graph, "table", VOCABULARY, WIDTH);
        Value states = graph.embedding(table, graph.feature(Feature.INPUTS));
        Value chosen = graph.statesAt(states, graph.feature(POSITIONS));
        Value logits = graph.linear(chosen, parameter(graph, "out", VOCABULARY, WIDTH));
        Value labels = graph.tokensAt(graph.feature(Feature.INPUTS), graph.feature(POSITIONS));
        graph.loss("mlm", graph.crossEntropy(logits, labels, -1));
        graph.metric("accuracy.mlm", graph.accuracy(logits, labels, -1));
    }

    private static void detection(ModelGraph graph) {
        Value tokens = graph.feature(Feature.INPUTS);
        Value positions = graph.feature(POSITIONS);
        Value changed = graph.replaceTokens(tokens, positions, graph.feature(VALUES));
        Value labels = graph.replacementLabels(tokens, changed, 0, 3);
        Value table = parameter(graph, "table", VOCABULARY, WIDTH);
        Value logits = graph.linear(graph.embedding(table, changed), parameter(graph, "head", 1, WIDTH));
        graph.loss("rtd", graph.sigmoidCrossEntropy(logits, labels));
        Graph.Detection detection = graph.detection(logits, labels);
        graph.metric("accuracy.rtd", detection.accuracy());
        graph.metric("precision.rtd", detection.precision());
        graph.metric("recall.rtd", detection.recall());
        graph.metric("share.rtd", detection.share());
    }

    private static void sampled(ModelGraph graph) {
        Value tokens = graph.feature(Feature.INPUTS);
        Value positions = graph.feature(POSITIONS);
        Value table = parameter(graph, "table", VOCABULARY, WIDTH);
        Value hidden = graph.statesAt(graph.embedding(table, tokens), positions);
        Value logits = graph.linear(hidden, parameter(graph, "generator", VOCABULARY, WIDTH));
        Value labels = graph.tokensAt(tokens, positions);
        Value replaced = graph.replaceTokens(tokens, positions, graph.sampleCategorical(logits, 0.7));
        Value seen = graph.embedding(parameter(graph, "other-table", VOCABULARY, WIDTH), replaced);
        Value answers = graph.linear(seen, parameter(graph, "head", 1, WIDTH));
        graph.loss("mlm", graph.crossEntropy(logits, labels, -1));
        graph.loss("rtd", graph.sigmoidCrossEntropy(answers, graph.replacementLabels(tokens, replaced, 0)));
    }

    private static void accuracy(ModelGraph graph) {
        Value table = parameter(graph, "table", VOCABULARY, WIDTH);
        Value states = graph.embedding(table, graph.feature(Feature.INPUTS));
        Value logits = graph.linear(states, parameter(graph, "out", VOCABULARY, WIDTH));
        graph.loss("sc", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), 2));
        graph.metric("accuracy.sc", graph.accuracy(logits, graph.feature(Feature.INPUTS), 2));
    }

    /** A parameter of a test's graph; the initializer is of no account. */
    public static Value parameter(Graph graph, String name, long... shape) {
        return graph.parameter(name, Initializer.ones(), shape);
    }

    /** Adds Σ x ⊙ (fixed random numbers) as a loss, so that every element has a gradient of its own. */
    public static void lossOf(Graph graph, String name, Value x) {
        Value factors = graph.constant(numbers("constant factors." + name, x.shape()), x.shape());
        graph.loss(name, new TokenSum(x.mul(factors).sum(), graph.constant(new float[] {1})));
    }

    /** Fixed random numbers for every element of a shape. */
    private static float[] numbers(String purpose, long... shape) {
        double[] numbers = RandomInputs.reals(purpose, Math.toIntExact(Shape.elements(shape)));
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private static void embedding(ModelGraph graph) {
        Value table = parameter(graph, "table", VOCABULARY, 4);
        lossOf(graph, "loss", graph.embedding(table, graph.feature(Feature.INPUTS)));
    }

    private static void rmsNorm(ModelGraph graph, long... shape) {
        Value weight = parameter(graph, "weight", Shape.columns(shape));
        lossOf(graph, "loss", graph.rmsNorm(parameter(graph, "x", shape), weight, 1e-6));
    }

    private static void linear(ModelGraph graph, long... shape) {
        Value weight = parameter(graph, "weight", 3, Shape.columns(shape));
        lossOf(graph, "loss", graph.linear(parameter(graph, "x", shape), weight));
    }

    private static void gatedGelu(ModelGraph graph) {
        Value gate = parameter(graph, "gate", 2, 3, 4).mul(3);
        lossOf(graph, "loss", graph.gatedGelu(gate, parameter(graph, "value", 2, 3, 4)));
    }

    private static void gelu(ModelGraph graph) {
        lossOf(graph, "loss", graph.gelu(parameter(graph, "x", 3, 5)));
    }

    private static void rectifier(ModelGraph graph) {
        lossOf(graph, "loss", graph.relu(parameter(graph, "x", 3, 5)));
    }

    private static void scale(ModelGraph graph) {
        lossOf(graph, "loss", parameter(graph, "x", 3, 5).mul(-0.7));
    }

    private static void rotaryPositions(ModelGraph graph) {
        lossOf(graph, "loss", graph.rotaryPositions(parameter(graph, "x", 2, 5, 12), 3, 10));
    }

    private static void positionBias(ModelGraph graph, boolean bidirectional) {
        Value table = parameter(graph, "table", 8, HEADS);
        Value queries = graph.feature(Feature.TARGETS);
        Value keys = graph.feature(Feature.INPUTS);
        Value bias = graph.relativePositionBias(table, queries, keys, bidirectional, 5);
        lossOf(graph, "loss", bias);
    }

    private static void selfAttention(ModelGraph graph, boolean causal, boolean biased, double dropout) {
        Value query = parameter(graph, "query", BATCH, INPUTS, WIDTH);
        Value key = parameter(graph, "key", BATCH, INPUTS, WIDTH);
        Value value = parameter(graph, "value", BATCH, INPUTS, WIDTH);
        Value bias = biased ? parameter(graph, "bias", HEADS, INPUTS, INPUTS) : null;
        Value tokens = graph.feature(Feature.INPUTS);
        Value mixed = graph.attention(Attention.of(query, key, value, HEADS)
                .keyMask(tokens)
                .bias(bias)
                .causal(causal)
                .dropout(dropout));
        lossOf(graph, "loss", mixed);
    }

    private static void prefixAttention(ModelGraph graph, boolean padded, double dropout) {
        Value query = parameter(graph, "query", BATCH, INPUTS, WIDTH);
        Value key = parameter(graph, "key", BATCH, INPUTS, WIDTH);
        Value value = parameter(graph, "value", BATCH, INPUTS, WIDTH);
        Value prefix = graph.constant(new int[] {1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 1}, BATCH, INPUTS);
        Attention attention =
                Attention.of(query, key, value, HEADS).causalBehind(prefix).dropout(dropout);
        if (padded) {
            attention = attention
                    .keyMask(graph.feature(Feature.INPUTS))
                    .bias(parameter(graph, "bias", HEADS, INPUTS, INPUTS));
        }
        lossOf(graph, "loss", graph.attention(attention));
    }

    private static void attentionToEveryKey(ModelGraph graph) {
        Value query = parameter(graph, "query", BATCH, INPUTS, WIDTH);
        Value key = parameter(graph, "key", BATCH, INPUTS, WIDTH);
        Value value = parameter(graph, "value", BATCH, INPUTS, WIDTH);
        Value bias = parameter(graph, "bias", HEADS, INPUTS, INPUTS);
        Value mixed = graph.attention(
                Attention.of(query, key, value, HEADS).bias(bias).causal(true).dropout(0.4));
        lossOf(graph, "loss", mixed);
    }

    private static void crossAttention(ModelGraph graph) {
        Value query = parameter(graph, "query", BATCH, TARGETS, WIDTH);
        Value key = parameter(graph, "key", BATCH, INPUTS, WIDTH);
        Value value = parameter(graph, "value", BATCH, INPUTS, WIDTH);
        Value tokens = graph.feature(Feature.INPUTS);
        Value mixed = graph.attention(Attention.of(query, key, value, HEADS).keyMask(tokens));
        lossOf(graph, "loss", mixed);
    }

    private static void dropout(ModelGraph graph) {
        Value x = parameter(graph, "x", 4, 5);
        Value once = graph.dropout(x, 0.3);
        Value twice = graph.dropout(once, 0.3);
        lossOf(graph, "once", once);
        lossOf(graph, "twice", twice);
    }

    private static void crossEntropy(ModelGraph graph) {
        Value logits = parameter(graph, "logits", BATCH, TARGETS, VOCABULARY).mul(4);
        graph.loss("loss", graph.crossEntropy(logits, graph.feature(Feature.TARGETS), 0));
    }

    private static void twoCrossEntropies(ModelGraph graph) {
        Value hidden = parameter(graph, "hidden", BATCH, TARGETS, WIDTH);
        Value first = graph.linear(hidden, parameter(graph, "first", VOCABULARY, WIDTH));
        Value second = graph.linear(hidden, parameter(graph, "second", VOCABULARY, WIDTH));
        Value labels = graph.feature(Feature.TARGETS);
        graph.loss("first", graph.crossEntropy(first, labels, 0));
        graph.loss("second", graph.crossEntropy(second, labels, 1));
        graph.metric("loss-of.first", graph.crossEntropy(first, labels, 2));
    }

    private static void squaredCrossEntropy(ModelGraph graph) {
        Value logits = parameter(graph, "logits", BATCH, TARGETS, VOCABULARY);
        TokenSum sum = graph.crossEntropy(logits, graph.feature(Feature.TARGETS), 0);
        graph.loss("loss", new TokenSum(sum.sum().mul(sum.sum()).mul(0.01), sum.count()));
    }

    private static Value tokenLosses(ModelGraph graph) {
        Value logits = parameter(graph, "logits", BATCH, TARGETS, VOCABULARY).mul(4);
        return graph.tokenCrossEntropy(logits, graph.feature(Feature.TARGETS), 0);
    }

    private static void tokenCrossEntropy(ModelGraph graph) {
        lossOf(graph, "loss", tokenLosses(graph).mul(parameter(graph, "weights", BATCH, TARGETS)));
    }

    private static void focalLoss(ModelGraph graph) {
        Value losses = tokenLosses(graph);
        Value wrong = losses.neg().exp().neg().add(1);
        graph.loss(
                "loss",
                graph.sumOver(losses.mul(wrong), graph.feature(Feature.TARGETS).ne(0)));
    }

    private static void logSumExp(ModelGraph graph) {
        lossOf(graph, "loss", parameter(graph, "x", 3, 4, 5).mul(300).logSumExp());
    }

    private static void sumOver(ModelGraph graph) {
        Value x = parameter(graph, "x", BATCH, INPUTS);
        graph.loss(
                "tokens", graph.sumOver(x.mul(x), graph.feature(Feature.INPUTS).gt(2)));
        graph.loss("weights", graph.sumOver(x, parameter(graph, "weights", BATCH, INPUTS)));
    }

    private static void maskOfParameter(ModelGraph graph) {
        Value x = parameter(graph, "x", 4, 5);
        lossOf(graph, "loss", x.mul(x).mul(x.gt(0.1).toFloat()));
    }

    private static void accuracyInLoss(ModelGraph graph) {
        Value logits = parameter(graph, "logits", BATCH, TARGETS, VOCABULARY);
        Value labels = graph.feature(Feature.TARGETS);
        TokenSum loss = graph.crossEntropy(logits, labels, 0);
        TokenSum accuracy = graph.accuracy(logits, labels, 0);
        graph.loss("loss", new TokenSum(loss.sum().mul(accuracy.sum().add(1)), loss.count()));
    }

    private static void shiftRight(ModelGraph graph) {
        Value table = parameter(graph, "table", VOCABULARY, 4);
        Value shifted = graph.shiftRight(graph.feature(Feature.TARGETS), 5);
        lossOf(graph, "loss", graph.embedding(table, shifted));
    }

    private static void valueUsedTwice(ModelGraph graph) {
        Value y = graph.linear(parameter(graph, "x", 5, 4), parameter(graph, "weight", 4, 4));
        Value normed = graph.rmsNorm(y, parameter(graph, "norm", 4), 1e-6);
        lossOf(graph, "loss", y.add(graph.relu(normed)).add(graph.gatedGelu(y, y)));
    }

    private static Value embedded(ModelGraph graph, int width) {
        return graph.embedding(parameter(graph, "table", VOCABULARY, width), graph.feature(Feature.INPUTS));
    }

    private static void transposedWeight(ModelGraph graph) {
        Value weight = parameter(graph, "weight", VOCABULARY, VOCABULARY);
        Value hidden = graph.linear(embedded(graph, VOCABULARY), weight);
        Value logits = graph.linear(hidden, weight.permute(1, 0));
        graph.loss("loss", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), 6));
    }

    private static void sumOfParameters(ModelGraph graph) {
        Value first = parameter(graph, "first", VOCABULARY, WIDTH);
        Value second = parameter(graph, "second", VOCABULARY, WIDTH);
        Value x = embedded(graph, WIDTH);
        Value logits = graph.linear(x, first.add(second));
        Value others = graph.linear(x.mul(0.5), first);
        graph.loss("sum", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), 0));
        graph.loss("one", graph.crossEntropy(others, graph.feature(Feature.INPUTS), 0));
    }

    private static void stretchedProduct(ModelGraph graph) {
        Value places = parameter(graph, "places", INPUTS, 3);
        Value shift = graph.linear(places, parameter(graph, "weight", VOCABULARY, 3));
        Value logits = embedded(graph, VOCABULARY).add(shift);
        graph.loss("loss", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), 6));
    }

    private static void parameterUsedTwice(ModelGraph graph) {
        Value table = parameter(graph, "table", VOCABULARY, WIDTH);
        Value logits = graph.linear(graph.embedding(table, graph.feature(Feature.TARGETS)), table);
        graph.loss("loss", graph.crossEntropy(logits, graph.feature(Feature.TARGETS), 0));
    }

    private static void unusedParameter(ModelGraph graph) {
        lossOf(graph, "loss", graph.relu(parameter(graph, "used", 3, 5)));
        graph.relu(parameter(graph, "unused", 3, 5));
    }

    private static void sharedGradient(ModelGraph graph) {
        lossOf(graph, "loss", parameter(graph, "x", 3, 5).add(parameter(graph, "y", 3, 5)));
    }

    private static void tokens(ModelGraph graph) {
        Value joined = graph.concat(1, graph.feature(Feature.INPUTS), graph.feature(Feature.TARGETS));
        Value cut = joined.permute(1, 0).slice(0, 1, 7);
        lossOf(graph, "loss", graph.embedding(parameter(graph, "table", VOCABULARY, 4), cut));
    }

    private static void linearOfPermuted(ModelGraph graph) {
        Value x = parameter(graph, "x", 3, 4, 2).add(1).permute(0, 2, 1);
        lossOf(graph, "loss", graph.linear(x, parameter(graph, "weight", 5, 4)));
    }

    private static void ownOperationsOnPermuted(ModelGraph graph) {
        Value x = parameter(graph, "x", 3, 4, 2).add(1).permute(2, 0, 1);
        Value gated = graph.gatedGelu(x, graph.relu(x));
        Value normed = graph.rmsNorm(gated.mul(2), parameter(graph, "weight", 4), 1e-6);
        lossOf(graph, "loss", graph.dropout(normed, 0.2));
    }

    private static void block(ModelGraph graph, int width, int vocabulary, int heads) {
        Value tokens = graph.feature(Feature.INPUTS);
        Value table = parameter(graph, "shared", vocabulary, width);
        Value x = graph.dropout(graph.embedding(table, tokens), 0.1);
        Value bias = graph.relativePositionBias(parameter(graph, "positions", 8, heads), tokens, tokens, true, 5);
        Value normed = norm(graph, "norm.0", x, width);
        Value query = graph.linear(normed, parameter(graph, "q", width, width));
        Value mixed = graph.attention(Attention.of(
                        // parameters are within (-1, 1) whatever the width is: without a scale the softmax is a maximum
                        query.mul(1.0 / width),
                        graph.linear(normed, parameter(graph, "k", width, width)),
                        graph.linear(normed, parameter(graph, "v", width, width)),
                        heads)
                .keyMask(tokens)
                .bias(bias)
                .dropout(0.1));
        x = x.add(graph.dropout(graph.linear(mixed, parameter(graph, "o", width, width)), 0.1));
        normed = norm(graph, "norm.1", x, width);
        Value hidden = graph.gatedGelu(
                graph.linear(normed, parameter(graph, "wi_0", 2L * width, width)),
                graph.linear(normed, parameter(graph, "wi_1", 2L * width, width)));
        x = x.add(graph.linear(hidden, parameter(graph, "wo", width, 2L * width)));
        Value logits = graph.linear(norm(graph, "norm.2", x, width), table);
        graph.loss("loss", graph.crossEntropy(logits, tokens, 0));
    }

    private static Value norm(ModelGraph graph, String name, Value x, int width) {
        return graph.rmsNorm(x, parameter(graph, name, width), 1e-6);
    }

    private static void stopGradientOfParameter(ModelGraph graph) {
        Value stopped = graph.stopGradient(parameter(graph, "stopped", 3, 5));
        lossOf(graph, "loss", stopped.mul(parameter(graph, "free", 3, 5)));
    }

    private static void stopGradientOfLayer(ModelGraph graph) {
        Value y = graph.linear(parameter(graph, "stopped.x", 5, 4), parameter(graph, "stopped.weight", 3, 4));
        lossOf(graph, "loss", graph.stopGradient(y).mul(parameter(graph, "free", 5, 3)));
    }

    /** Nothing is greater than anything else, so that the gradient shows who counts as the greatest. */
    private static void maxOfEquals(ModelGraph graph) {
        Value x = parameter(graph, "x", 2, 3, 4);
        Value zeros = x.sub(graph.stopGradient(x));
        lossOf(graph, "one-axis", zeros.max(1));
        lossOf(graph, "another-axis", zeros.max(2));
    }

    private static void stopGradientOfOneUse(ModelGraph graph) {
        Value x = parameter(graph, "x", 5, 4);
        Value y = x.mul(3);
        lossOf(graph, "loss", graph.stopGradient(y).mul(y));
    }
}
