package org.spactor.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.spactor.engine.reference.OperationGraphs.lossOf;
import static org.spactor.engine.reference.OperationGraphs.parameter;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.reference.GraphCase;

/** What does not fit is refused where it is declared, with the operation and its operands. */
class RefusedDeclarationsTest {
    private static final Feature PLACES = Feature.positions("places", Feature.INPUTS);
    private static final Feature OTHER_PLACES = Feature.positions("other-places", Feature.TARGETS);
    private static final Feature CLASSES = Feature.labels("classes", 3);

    static List<Arguments> misfits() {
        return List.of(
                refused("linear: x must be", "[2, 3] FLOAT and [5, 4] FLOAT", g -> g.linear(x(g), w(g, 5, 4))),
                refused("linear: x must be", "[] FLOAT", g -> g.linear(x(g).sum(), w(g, 5, 4))),
                refused("linear: the weight", "[3] FLOAT", g -> g.linear(x(g), w(g, 3))),
                refused("linear: operand 1 has to be FLOAT", "toFloat", g -> g.linear(tokens(g), w(g, 5, 6))),
                refused("rmsNorm: the weight", "[4] FLOAT", g -> g.rmsNorm(x(g), w(g, 4), 1e-6)),
                refused("rmsNorm: the weight", "[] FLOAT", g -> g.rmsNorm(x(g).sum(), w(g, 4), 1e-6)),
                refused("rmsNorm: epsilon", "-1", g -> g.rmsNorm(x(g), w(g, 3), -1)),
                refused("gatedGelu: gate and value", "[3, 2] FLOAT", g -> g.gatedGelu(x(g), w(g, 3, 2))),
                refused("gelu: operand 1 has to be FLOAT", "[3, 6] INT", g -> g.gelu(tokens(g))),
                refused("embedding: the table", "[7] FLOAT", g -> g.embedding(w(g, 7), tokens(g))),
                refused("embedding: operand 2 has to be INT", "[2, 3] FLOAT", g -> g.embedding(w(g, 7, 2), x(g))),
                refused("attention: query and key", "[2, 3, 6] FLOAT", g -> attention(g, w(g, 2, 3, 6), 2)),
                refused("attention: query and key", "multiple", g -> attention(g, w(g, 2, 3, 4), 3)),
                refused("attention: there must be at least 1 head", "not 0", g -> attention(g, w(g, 2, 3, 4), 0)),
                refused(
                        "attention: a dropout rate",
                        "1.0",
                        g -> g.attention(attention(g).dropout(1))),
                refused(
                        "attention: the key mask",
                        "[3, 6] INT",
                        g -> g.attention(attention(g).keyMask(tokens(g)))),
                refused(
                        "attention: the prefix",
                        "[B, Tk]",
                        g -> g.attention(attention(g).causalBehind(tokens(g)))),
                refused(
                        "attention: operand 4 has to be INT",
                        "FLOAT",
                        g -> g.attention(attention(g).keyMask(x(g)))),
                refused(
                        "attention: the bias",
                        "[2, 3] FLOAT",
                        g -> g.attention(attention(g).bias(x(g)))),
                refused(
                        "relativePositionBias: the table",
                        "[7] FLOAT",
                        g -> g.relativePositionBias(w(g, 7), tokens(g), tokens(g), true, 8)),
                refused(
                        "relativePositionBias: there must be at least 4 buckets",
                        "[3, 2]",
                        g -> g.relativePositionBias(w(g, 3, 2), tokens(g), tokens(g), true, 8)),
                refused(
                        "relativePositionBias: distances below 2",
                        "above 2, but is 2",
                        g -> g.relativePositionBias(w(g, 8, 2), tokens(g), tokens(g), true, 2)),
                refused("rotaryPositions: a width of 6", "even", g -> g.rotaryPositions(w(g, 2, 3, 6), 2, 10)),
                refused("rotaryPositions: there must be", "1 head", g -> g.rotaryPositions(w(g, 2, 3, 6), 0, 10)),
                refused("rotaryPositions: the base", "0.0", g -> g.rotaryPositions(w(g, 2, 3, 6), 1, 0)),
                refused(
                        "shiftRight: tokens",
                        "[18] INT",
                        g -> g.shiftRight(tokens(g).reshape(-1), 0)),
                refused(
                        "crossEntropy: labels must have the leading shape",
                        "[2, 7] FLOAT and [3, 6] INT",
                        g -> g.crossEntropy(w(g, 2, 7), tokens(g), 0).sum()),
                refused("tokenCrossEntropy: logits", "[] FLOAT", g -> g.tokenCrossEntropy(x(g).sum(), tokens(g), 0)),
                refused(
                        "accuracy: labels must have the leading shape",
                        "[2, 7] FLOAT",
                        g -> g.accuracy(w(g, 2, 7), tokens(g), 0).sum()),
                refused(
                        "sigmoidCrossEntropy: there must be one label",
                        "[2, 3] FLOAT",
                        g -> g.sigmoidCrossEntropy(x(g), tokens(g)).sum()),
                refused(
                        "detection: there must be one label",
                        "[2, 3] FLOAT",
                        g -> g.detection(x(g), tokens(g)).accuracy().sum()),
                refused(
                        "sumOver: the mask",
                        "[3, 6] INT",
                        g -> g.sumOver(x(g), tokens(g)).sum()),
                refused("statesAt: x must be", "[3, 6, 1, 1]", g -> g.statesAt(w(g, 3, 6, 1, 1), places(g))),
                refused("statesAt: its first operand", "[2]", g -> g.statesAt(w(g, 2), places(g))),
                refused("tokensAt: operand 1 has to be INT", "[3, 6] FLOAT", g -> g.tokensAt(w(g, 3, 6), places(g))),
                refused(
                        "replaceTokens: positions and values",
                        "[3, 6] INT",
                        g -> g.replaceTokens(tokens(g), places(g), tokens(g))),
                refused(
                        "replacementLabels: original and replaced",
                        "[3, 4] INT",
                        g -> g.replacementLabels(tokens(g), g.feature(Feature.TARGETS))),
                refused("sampleCategorical: a temperature", "0.0", g -> g.sampleCategorical(x(g), 0)),
                refused("sampleCategorical: logits", "[] FLOAT", g -> g.sampleCategorical(x(g).sum(), 1)),
                refused("dropout: a dropout rate", "[0, 1)", g -> g.dropout(x(g), 1)),
                refused("dropout: a dropout rate", "NaN", g -> g.dropout(x(g), Double.NaN)),
                refused("concat: only axis 0", "[3, 2] FLOAT", g -> g.concat(0, x(g), w(g, 3, 2))),
                refused("concat: its operands", "numbers of axes", g -> g.concat(0, x(g), w(g, 3))),
                refused("concat: operand 2 has to be FLOAT", "INT", g -> g.concat(0, x(g), tokens(g))),
                refused("concat: there is no axis 2", "[2, 3]", g -> g.concat(2, x(g), x(g))),
                refused("concat: there is nothing", "", g -> g.concat(0)),
                refused("add: its operands cannot be stretched", "[2, 2] FLOAT", g -> x(g).add(w(g, 2, 2))),
                refused(
                        "mul: operand 2 has to be FLOAT",
                        "toFloat",
                        g -> w(g, 3, 6).mul(tokens(g))),
                refused(
                        "add: operand 1 has to be FLOAT",
                        "toFloat",
                        g -> tokens(g).add(1)),
                refused("div: the number", "0", g -> x(g).div(0)),
                refused("mul: Infinity", "finite", g -> x(g).mul(Double.POSITIVE_INFINITY)),
                refused("add: 1.0E300", "32 bits", g -> x(g).add(1e300)),
                refused(
                        "exp: operand 1 has to be FLOAT",
                        "[3, 6] INT",
                        g -> tokens(g).exp()),
                refused(
                        "eq: its operands are of different types",
                        "INT",
                        g -> w(g, 3, 6).eq(tokens(g))),
                refused("lt: shapes [2, 3] and [2, 2] do not fit", "FLOAT", g -> x(g).lt(w(g, 2, 2))),
                refused("gt: 0.5 is no whole number", "toFloat", g -> tokens(g).gt(0.5)),
                refused("ne: nothing can be compared with NaN", "", g -> x(g).ne(Double.NaN)),
                refused("sum: there is no axis 2", "[2, 3]", g -> x(g).sum(2)),
                refused("sum: no axis is named", "", g -> x(g).sum(new int[0])),
                refused("mean: axis -1 is named twice", "", g -> x(g).mean(1, -1)),
                refused("max: there is no axis -3", "[2, 3]", g -> x(g).max(-3)),
                refused("max: a single number has no axes", "", g -> x(g).sum().max(0)),
                refused("softmax: a single number", "", g -> x(g).sum().softmax()),
                refused("logSumExp: x must have", "[] FLOAT", g -> x(g).sum().logSumExp()),
                refused("matmul: [..., m, k]", "[4, 5] FLOAT", g -> x(g).matmul(w(g, 4, 5))),
                refused("matmul: both operands", "[3] FLOAT", g -> x(g).matmul(w(g, 3))),
                refused("reshape: [4, 4] has another number", "[2, 3]", g -> x(g).reshape(4, 4)),
                refused("reshape: [4, -1] has another number", "[2, 3]", g -> x(g).reshape(4, -1)),
                refused("reshape: [-1, -1] leaves", "one", g -> x(g).reshape(-1, -1)),
                refused("reshape: [0, -1] is no shape", "", g -> x(g).reshape(0, -1)),
                refused("permute: [0] does not name", "2 axes", g -> x(g).permute(0)),
                refused("permute: axis 0 is named twice", "", g -> x(g).permute(0, 0)),
                refused("transpose: it must have two axes", "[3] FLOAT", g -> w(g, 3).transpose()),
                refused("expand: there is no place 3", "[2, 3]", g -> x(g).expand(3)),
                refused("squeeze: axis 1 is not of length 1", "[2, 3]", g -> x(g).squeeze(1)),
                refused("slice: [1, 4) is no part of axis -1", "length 3", g -> x(g).slice(-1, 1, 4)),
                refused("slice: [1, 1) is no part", "", g -> x(g).slice(0, 1, 1)),
                refused("a constant of shape [2, 2] has 4 elements", "3", g -> g.constant(new float[3], 2, 2)),
                refused("a constant cannot have the shape [0]", "", g -> g.constant(new int[0], 0)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("misfits")
    void operandsThatDoNotFitAreNamed(String message, String more, Body body) {
        assertThatThrownBy(() -> body.declare(graph()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining(more);
    }

    static List<Arguments> looksOutside() {
        return List.of(
                refused("embedding: ids may be from 0 to 6", "from 0 to 5", g -> g.embedding(w(g, 6, 2), tokens(g))),
                refused("embedding: ids may be from -1 to 6", "−1", g -> g.embedding(w(g, 7, 2), picked(g))),
                refused("embedding: ids may be from -1 to 5", "", g -> g.embedding(w(g, 7, 2), places(g))),
                refused(
                        "embedding: ids may be from 0 to 9",
                        "",
                        g -> g.embedding(w(g, 7, 2), g.shiftRight(tokens(g), 9))),
                refused(
                        "embedding: ids may be from -1 to 6",
                        "",
                        g -> g.embedding(w(g, 7, 2), g.replaceTokens(tokens(g), places(g), picked(g)))),
                refused(
                        "embedding: ids may be from 0 to 7",
                        "",
                        g -> g.embedding(w(g, 7, 2), g.sampleCategorical(parameter(g, "logits", 2, 8), 1))),
                refused(
                        "embedding: ids may be from 0 to 8",
                        "",
                        g -> g.embedding(
                                w(g, 7, 2), g.concat(0, tokens(g), g.constant(new int[] {8, 1, 2, 3, 4, 5}, 1, 6)))),
                refused(
                        "statesAt: positions may be from -1 to 5",
                        "from -1 to 3",
                        g -> g.statesAt(w(g, 3, 4, 2), places(g))),
                refused(
                        "tokensAt: positions may be from -1 to 5",
                        "positions in this sequence",
                        g -> g.tokensAt(g.feature(Feature.TARGETS), places(g))),
                refused(
                        "replaceTokens: positions may be from 0 to 6",
                        "from -1 to 5",
                        g -> g.replaceTokens(tokens(g), tokens(g), tokens(g))),
                refused(
                        "crossEntropy: labels may be from 0 to 6",
                        "from 0 to 4",
                        g -> g.crossEntropy(w(g, 3, 6, 5), tokens(g), 0).sum()),
                refused(
                        "crossEntropy: labels may be from -1 to 2",
                        "have to ignore −1, not 0",
                        g -> g.crossEntropy(w(g, 3, 2, 3), g.feature(CLASSES), 0)
                                .sum()),
                refused(
                        "tokenCrossEntropy: labels may be from -1 to 6",
                        "from -1 to 5",
                        g -> g.tokenCrossEntropy(w(g, 3, 2, 6), picked(g), -1)),
                refused(
                        "accuracy: labels may be from 0 to 6",
                        "",
                        g -> g.accuracy(w(g, 3, 6, 6), tokens(g), 0).sum()));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("looksOutside")
    void numbersThatMightLieOutsideOfWhatTheyAreLookedUpInAreRefused(String message, String more, Body body) {
        assertThatThrownBy(() -> body.declare(graph()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining(more);
    }

    @Test
    void numbersThatLieInsideAreNot() {
        ModelGraph graph = graph();
        Value table = w(graph, 7, 2);
        Value drawn = graph.sampleCategorical(parameter(graph, "logits", 3, 2, 7), 1);

        assertThatCode(() -> {
                    graph.embedding(table, graph.shiftRight(tokens(graph), 0));
                    graph.embedding(table, graph.replaceTokens(tokens(graph), places(graph), drawn));
                    graph.embedding(table, tokens(graph).transpose().reshape(-1).slice(0, 2, 5));
                    graph.embedding(table, tokens(graph).eq(2));
                    graph.statesAt(parameter(graph, "states", 3, 4, 2), graph.feature(OTHER_PLACES));
                    graph.crossEntropy(parameter(graph, "logits", 3, 2, 7), picked(graph), -1);
                    graph.crossEntropy(parameter(graph, "few", 3, 2, 3), graph.feature(CLASSES), -1);
                    graph.tokenCrossEntropy(parameter(graph, "many", 3, 6, 9), tokens(graph), -5);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void valueThatIsNoneOfTheGraphsIsRefused() {
        ModelGraph graph = graph();
        ModelGraph other = graph();
        Value foreign = (Value) Proxy.newProxyInstance(
                Value.class.getClassLoader(), new Class<?>[] {Value.class}, (proxy, method, arguments) -> null);

        assertThatThrownBy(() -> graph.linear(x(graph), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("linear: operand 2 is null");
        assertThatThrownBy(() -> x(graph).add(x(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add: operand 2, [2, 3] FLOAT, belongs to another graph");
        assertThatThrownBy(() -> graph.embedding(foreign, tokens(graph)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "embedding: operand 1 is of " + foreign.getClass().getName());
    }

    @Test
    void graphIsAsBeforeAfterARefusal() {
        ModelGraph graph = graph();
        assertThatThrownBy(() -> graph.linear(x(graph), w(graph, 5, 4))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> graph.rmsNorm(x(graph), w(graph, 5, 4), 1))
                .isInstanceOf(IllegalArgumentException.class);
        lossOf(graph, "loss", graph.linear(x(graph), parameter(graph, "weight", 4, 3)));

        assertThat(new PlanCompiler().training(graph).instructions())
                .extracting(instruction -> instruction.kind())
                .contains("linear", "linear-weight-gradient")
                .doesNotContain("rms-norm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "a..b", "a:b", "feature.inputs", "weight.sc", "random-key", "x-grad"})
    void parameterWithoutAProperNameIsRefused(String name) {
        assertThatThrownBy(() -> parameter(graph(), name, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter");
    }

    @Test
    void parameterThatIsCalledLikeAnOperationIsRefusedOrKeptApart() {
        ModelGraph graph = graph();
        Value first = parameter(graph, "multiply", 2, 3);
        lossOf(graph, "loss", x(graph).mul(first).add(first).tanh());

        assertThat(new PlanCompiler().training(graph).results()).containsKey("gradient.multiply");
        assertThatThrownBy(() -> parameter(graph, "add", 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'add'")
                .hasMessageContaining("another name");
    }

    @Test
    void parameterOfAnotherShapeOrInitializerIsRefused() {
        ModelGraph graph = graph();
        x(graph);

        assertThatCode(() -> parameter(graph, "x", 2, 3)).doesNotThrowAnyException();
        assertThatThrownBy(() -> parameter(graph, "x", 3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x'")
                .hasMessageContaining("[2, 3]")
                .hasMessageContaining("[3, 2]");
        assertThatThrownBy(() -> graph.parameter("x", Initializer.zeros(), 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x'")
                .hasMessageContaining("initializer");
        assertThatThrownBy(() -> graph.parameter("y", null, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'y'");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void parameterWithoutElementsIsRefused(long side) {
        assertThatThrownBy(() -> parameter(graph(), "x", 2, side))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x'")
                .hasMessageContaining("[2, " + side + "]");
    }

    @Test
    void featureThatNobodyMakesIsRefused() {
        assertThatThrownBy(() -> graph().feature(Feature.tokens("nowhere")))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("'nowhere'");
    }

    @Test
    void featureWithoutLengthIsRefused() {
        ModelGraph graph = GraphCase.of("", g -> {}).withFeature(CLASSES, 0).declare(true);

        assertThatThrownBy(() -> graph.feature(CLASSES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'classes' has length 0");
    }

    static List<Arguments> sums() {
        return List.of(
                Arguments.of(
                        "loss 'sc': its sum and its count must be single numbers",
                        sum((g, x) -> new TokenSum(x, x.sum()))),
                Arguments.of(
                        "loss 'sc': its sum and its count must be single numbers",
                        sum((g, x) -> new TokenSum(x.sum(), x.sum(1)))),
                Arguments.of(
                        "loss 'sc': operand 2 has to be FLOAT",
                        sum((g, x) -> new TokenSum(x.sum(), g.constant(new int[] {1})))),
                Arguments.of("loss 'sc': operand 2 is null", sum((g, x) -> new TokenSum(x.sum(), null))),
                Arguments.of(
                        "loss 'sc': operand 1, [] FLOAT, belongs to another graph",
                        sum((g, x) -> new TokenSum(x(graph()).sum(), x.sum()))),
                Arguments.of("loss 'sc' is null", sum((g, x) -> null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sums")
    void lossThatIsNoSumIsRefused(String message, Sum sum) {
        ModelGraph graph = graph();

        assertThatThrownBy(() -> graph.loss("sc", sum.of(graph, x(graph))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void lossesAndMetricsHaveProperNames() {
        ModelGraph graph = graph();
        TokenSum sum = new TokenSum(x(graph).sum(), graph.constant(new float[] {1}));

        for (String name : List.of("", "Sc", "a b", "a\nb", "a.b")) {
            assertThatThrownBy(() -> graph.loss(name, sum))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("loss");
        }
        for (String name : List.of("", "accuracy", "loss.sc", "hybrid.stage", "Accuracy.sc", "a.\n")) {
            assertThatThrownBy(() -> graph.metric(name, sum))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("metric");
        }
    }

    @Test
    void lossOrMetricThatIsDeclaredTwiceIsRefused() {
        ModelGraph graph = graph();
        TokenSum sum = new TokenSum(x(graph).sum(), graph.constant(new float[] {1}));
        graph.loss("sc", sum);
        graph.metric("accuracy.sc", sum);

        assertThatThrownBy(() -> graph.loss("sc", sum))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("the loss 'sc'")
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> graph.metric("accuracy.sc", sum))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("the metric 'accuracy.sc'")
                .hasMessageContaining("twice");
    }

    @Test
    void lossesThatDependOnNoParameterAreRefused() {
        ModelGraph graph = graph();
        graph.loss("sc", graph.sumOver(tokens(graph).toFloat(), tokens(graph).ne(0)));
        lossOf(graph, "answers", x(graph).gt(0).toFloat());

        assertThatThrownBy(() -> new PlanCompiler().training(graph))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("[sc, answers]")
                .hasMessageContaining("nothing to learn");
    }

    @Test
    void lossesWhoseGradientIsZeroAreCompiled() {
        ModelGraph graph = graph();
        lossOf(graph, "stopped", graph.stopGradient(x(graph)));
        lossOf(graph, "answers", parameter(graph, "y", 2, 3).gt(0).toFloat());

        assertThatCode(() -> new PlanCompiler().training(graph)).doesNotThrowAnyException();
    }

    @Test
    void twoFeaturesOfOneNameAreRefused() {
        ModelGraph graph = GraphCase.of("", g -> {})
                .withFeature(Feature.labels("inputs", 3), 6)
                .declare(true);
        graph.feature(Feature.INPUTS);

        assertThatThrownBy(() -> graph.feature(Feature.labels("inputs", 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two features are called 'inputs'");
    }

    private static ModelGraph graph() {
        return GraphCase.of("", g -> {})
                .withFeature(PLACES, 2)
                .withFeature(OTHER_PLACES, 2)
                .withFeature(CLASSES, 2)
                .declare(true);
    }

    private static Value x(ModelGraph graph) {
        return parameter(graph, "x", 2, 3);
    }

    private static Value w(ModelGraph graph, long... shape) {
        return parameter(graph, "w", shape);
    }

    private static Value tokens(ModelGraph graph) {
        return graph.feature(Feature.INPUTS);
    }

    private static Value places(ModelGraph graph) {
        return graph.feature(PLACES);
    }

    private static Value picked(ModelGraph graph) {
        return graph.tokensAt(tokens(graph), places(graph));
    }

    private static Attention attention(ModelGraph graph) {
        Value x = parameter(graph, "states", 2, 3, 4);
        return Attention.of(x, x, x, 2);
    }

    private static Value attention(ModelGraph graph, Value key, int heads) {
        return graph.attention(Attention.of(parameter(graph, "states", 2, 3, 4), key, key, heads));
    }

    private static Arguments refused(String message, String more, Body body) {
        return Arguments.of(message, more, body);
    }

    private static Sum sum(Sum sum) {
        return sum;
    }

    /** Something to declare. */
    @FunctionalInterface
    private interface Body {
        Value declare(ModelGraph graph);
    }

    /** A loss of a parameter. */
    @FunctionalInterface
    private interface Sum {
        TokenSum of(ModelGraph graph, Value x);
    }
}
