package org.spactor.engine.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.component.Names;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.ElementType;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.op.Attention;
import org.spactor.engine.op.BlockEnd;
import org.spactor.engine.op.CorrectPredictions;
import org.spactor.engine.op.CountAnswers;
import org.spactor.engine.op.CountTokens;
import org.spactor.engine.op.CrossEntropy;
import org.spactor.engine.op.Detections;
import org.spactor.engine.op.Dropout;
import org.spactor.engine.op.Embedding;
import org.spactor.engine.op.EngineOps;
import org.spactor.engine.op.GatedGelu;
import org.spactor.engine.op.Gelu;
import org.spactor.engine.op.Linear;
import org.spactor.engine.op.Rectifier;
import org.spactor.engine.op.RelativePositionBias;
import org.spactor.engine.op.ReplaceTokens;
import org.spactor.engine.op.ReplacementLabels;
import org.spactor.engine.op.RmsNorm;
import org.spactor.engine.op.RotaryPositions;
import org.spactor.engine.op.SampleCategorical;
import org.spactor.engine.op.ShiftRight;
import org.spactor.engine.op.SigmoidCrossEntropy;
import org.spactor.engine.op.StatesAt;
import org.spactor.engine.op.StopGradient;
import org.spactor.engine.op.TokenCrossEntropy;
import org.spactor.engine.op.TokensAt;
import org.spactor.engine.op.Weigh;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.plan.Shape;

/**
 * The first stage, <i>declare</i>: a SameDiff graph for batches of one size, and what was declared in it.
 *
 * <p>Parameters and features are placeholders, so that declaring a model of any size takes no memory.
 */
public final class ModelGraph implements Graph {
    private final SameDiff sameDiff = SameDiff.create();
    private final FeatureLengths lengths;
    private final Vocabulary vocabulary;
    private final int batchSize;
    private final boolean training;
    private final Map<String, ParameterSpecification> parameters = new LinkedHashMap<>();
    private final Map<String, Value> parameterValues = new LinkedHashMap<>();
    private final Map<Feature, Value> features = new LinkedHashMap<>();
    private final Map<String, TokenSum> losses = new LinkedHashMap<>();
    private final Map<String, TokenSum> metrics = new LinkedHashMap<>();
    private long salts;

    /**
     * An empty graph.
     *
     * @param lengths length of every feature there is, in elements
     * @param vocabulary the tokens there are
     * @param batchSize number of examples
     * @param training whether dropout drops
     */
    public ModelGraph(FeatureLengths lengths, Vocabulary vocabulary, int batchSize, boolean training) {
        EngineOps.register();
        this.lengths = lengths;
        this.vocabulary = vocabulary;
        this.batchSize = batchSize;
        this.training = training;
    }

    /** What is declared, as SameDiff has it. For the engine alone. */
    public SameDiff sameDiff() {
        return sameDiff;
    }

    /**
     * The variable beneath a value. For the engine alone.
     *
     * @throws IllegalArgumentException if it is none of this graph's
     */
    public SDVariable variable(Value value) {
        return new Declaration(this, "a value", value).variable(0);
    }

    /**
     * A variable that was declared in {@link #sameDiff} itself, as a value. For the engine alone, which verifies SameDiff's
     * operations.
     *
     * @param shape what it is known to be
     */
    public Value value(SDVariable variable, long... shape) {
        return new GraphValue(this, variable, ElementType.FLOAT, shape.clone(), null);
    }

    @Override
    public boolean training() {
        return training;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public Value feature(Feature feature) {
        Value known = features.get(feature);
        if (known == null) {
            known = declare(feature);
            features.put(feature, known);
        }
        return known;
    }

    private Value declare(Feature feature) {
        int length = lengths.get(feature);
        if (length == 0) {
            throw new IllegalArgumentException(
                    "the feature '" + feature + "' has length 0, so that there is nothing to compute with");
        }
        String name = PlanNames.inputOf(feature);
        if (sameDiff.hasVariable(name)) {
            throw new IllegalArgumentException("two features are called '" + feature + "': "
                    + features.keySet().stream()
                            .filter(other -> other.name().equals(feature.name()))
                            .map(Feature::domain)
                            .findFirst()
                            .orElseThrow()
                    + " and " + feature.domain());
        }
        SDVariable input = sameDiff.placeHolder(name, DataType.INT, batchSize, length);
        return new GraphValue(this, input, ElementType.INT, new long[] {batchSize, length}, domain(feature));
    }

    /** The least number that a feature may hold. */
    public long least(Feature feature) {
        return domain(feature).least();
    }

    /** The greatest number that a feature may hold. */
    public long greatest(Feature feature) {
        return domain(feature).greatest();
    }

    /** Where a feature's numbers lie. */
    private Interval domain(Feature feature) {
        if (feature.domain() instanceof Feature.Domain.Positions positions) {
            return new Interval(Feature.Domain.NONE, lengths.get(positions.in()) - 1);
        }
        return feature.domain() instanceof Feature.Domain.Labels labels
                ? new Interval(Feature.Domain.NONE, labels.classes() - 1)
                : new Interval(0, vocabulary.size() - 1);
    }

    @Override
    public Value parameter(String name, Initializer initializer, long... shape) {
        ParameterSpecification known = parameters.get(name);
        if (known == null) {
            return newParameter(Names.requireParameter(name), initializer, shape.clone());
        }
        if (!Arrays.equals(known.shape(), shape)) {
            throw new IllegalArgumentException("parameter '" + name + "' was declared with shape "
                    + Arrays.toString(known.shape()) + " and now with " + Arrays.toString(shape));
        }
        if (!known.initializer().equals(initializer)) {
            throw new IllegalArgumentException("parameter '" + name + "' was declared with the initializer "
                    + known.initializer() + " and now with " + initializer);
        }
        return parameterValues.get(name);
    }

    private Value newParameter(String name, Initializer initializer, long... shape) {
        if (initializer == null) {
            throw new IllegalArgumentException("parameter '" + name + "' has no initializer");
        }
        requireSides("parameter '" + name + "'", shape);
        if (PlanNames.isInput(name) || name.endsWith("-grad") || sameDiff.hasVariable(name)) {
            throw new IllegalArgumentException("parameter '" + name
                    + "' is called like something else in the graph; give it another name, such as 'my." + name + "'");
        }
        parameters.put(name, new ParameterSpecification(name, shape, initializer));
        Value parameter =
                new GraphValue(this, sameDiff.placeHolder(name, DataType.FLOAT, shape), ElementType.FLOAT, shape, null);
        parameterValues.put(name, parameter);
        return parameter;
    }

    private static void requireSides(String what, long... shape) {
        for (long side : shape) {
            if (side < 1) {
                throw new IllegalArgumentException(
                        what + " cannot have the shape " + Arrays.toString(shape) + ": lengths are at least 1");
            }
        }
    }

    @Override
    public Value constant(float[] elements, long... shape) {
        requireElements(elements.length, shape);
        INDArray array = shape.length == 0
                ? Nd4j.scalar(elements[0])
                : Nd4j.createFromArray(elements).reshape('c', shape);
        return new GraphValue(this, sameDiff.constant(array), ElementType.FLOAT, shape.clone(), null);
    }

    @Override
    public Value constant(int[] elements, long... shape) {
        requireElements(elements.length, shape);
        INDArray array = shape.length == 0
                ? Nd4j.scalar(elements[0])
                : Nd4j.createFromArray(elements).reshape('c', shape);
        return new GraphValue(this, sameDiff.constant(array), ElementType.INT, shape.clone(), Interval.of(elements));
    }

    private static void requireElements(int elements, long... shape) {
        requireSides("a constant", shape);
        if (Shape.elements(shape) != elements) {
            throw new IllegalArgumentException("a constant of shape " + Arrays.toString(shape) + " has "
                    + Shape.elements(shape) + " elements, but " + elements + " were given");
        }
    }

    @Override
    public Value concat(int axis, Value... values) {
        Declaration declaration = new Declaration(this, "concat", values);
        declaration.require(values.length > 0, "there is nothing to put together");
        ElementType[] types = new ElementType[values.length];
        Arrays.fill(types, declaration.operand(0).type());
        declaration.types(types);
        long[] joined = declaration.shape(0).clone();
        int positive = axis < 0 ? axis + joined.length : axis;
        declaration.require(positive >= 0 && positive < joined.length, "there is no axis " + axis);
        Interval interval = declaration.operand(0).interval();
        for (int i = 1; i < values.length; i++) {
            long[] next = declaration.shape(i).clone();
            declaration.require(next.length == joined.length, "its operands have different numbers of axes");
            long length = next[positive];
            next[positive] = joined[positive];
            declaration.require(Arrays.equals(next, joined), "only axis " + axis + " may differ in length");
            joined[positive] += length;
            interval = interval == null
                    ? null
                    : interval.and(declaration.operand(i).interval());
        }
        return values.length == 1
                ? values[0]
                : declaration.moved(sameDiff.concat(positive, declaration.variables()), interval, joined);
    }

    @Override
    public Value embedding(Value table, Value ids) {
        Declaration declaration =
                new Declaration(this, "embedding", table, ids).types(ElementType.FLOAT, ElementType.INT);
        declaration.require(declaration.shape(0).length == 2, "the table must be [V, d]");
        declaration.within(
                1,
                new Interval(0, declaration.shape(0)[0] - 1),
                "ids",
                "take tokens of the vocabulary and a table of its size. Where −1 stands for nothing, put another id in its"
                        + " place");
        return declaration.engine(new Embedding(sameDiff, declaration.variable(0), declaration.variable(1)));
    }

    @Override
    public Value linear(Value x, Value weight) {
        Declaration declaration = new Declaration(this, "linear", x, weight).floats();
        return declaration.engine(new Linear(sameDiff, declaration.variable(0), declaration.variable(1)));
    }

    @Override
    public Value rmsNorm(Value x, Value weight, double epsilon) {
        Declaration declaration = new Declaration(this, "rmsNorm", x, weight).floats();
        declaration.require(
                epsilon >= 0 && Double.isFinite(epsilon), "epsilon must be at least 0 and finite, but is " + epsilon);
        return declaration.engine(new RmsNorm(sameDiff, declaration.variable(0), declaration.variable(1), epsilon));
    }

    @Override
    public Value gatedGelu(Value gate, Value value) {
        Declaration declaration = new Declaration(this, "gatedGelu", gate, value).floats();
        return declaration.engine(new GatedGelu(sameDiff, declaration.variable(0), declaration.variable(1)));
    }

    @Override
    public Value gelu(Value x) {
        Declaration declaration = new Declaration(this, "gelu", x).floats();
        return declaration.engine(new Gelu(sameDiff, declaration.variable(0)));
    }

    @Override
    public Value relu(Value x) {
        Declaration declaration = new Declaration(this, "relu", x).floats();
        return declaration.engine(new Rectifier(sameDiff, declaration.variable(0)));
    }

    @Override
    public Value relativePositionBias(
            Value table, Value queryTokens, Value keyTokens, boolean bidirectional, int maxDistance) {
        Declaration declaration =
                new Declaration(this, "relativePositionBias", table, queryTokens, keyTokens).types(ElementType.FLOAT);
        return declaration.engine(new RelativePositionBias(
                sameDiff,
                declaration.variable(0),
                declaration.variable(1),
                declaration.variable(2),
                bidirectional,
                maxDistance));
    }

    @Override
    public Value rotaryPositions(Value x, int heads, double base) {
        Declaration declaration = new Declaration(this, "rotaryPositions", x).floats();
        declaration.require(base > 0 && Double.isFinite(base), "the base must be above 0 and finite, but is " + base);
        return declaration.engine(new RotaryPositions(sameDiff, declaration.variable(0), heads, base));
    }

    @Override
    public Value attention(org.spactor.api.graph.Attention attention) {
        List<Value> operands = new ArrayList<>(List.of(attention.query(), attention.key(), attention.value()));
        List<ElementType> types = new ArrayList<>(List.of(ElementType.FLOAT, ElementType.FLOAT, ElementType.FLOAT));
        if (attention.bias() != null) {
            operands.add(attention.bias());
            types.add(ElementType.FLOAT);
        }
        for (Value mask : Arrays.asList(attention.keyMask(), attention.prefix())) {
            if (mask != null) {
                operands.add(mask);
                types.add(ElementType.INT);
            }
        }
        Declaration declaration = new Declaration(this, "attention", operands.toArray(Value[]::new))
                .types(types.toArray(ElementType[]::new));
        double rate = trained(declaration, attention.dropout());
        List<SDVariable> inputs = new ArrayList<>(List.of(declaration.variables()));
        if (rate > 0) {
            inputs.add(randomKey());
        }
        Attention.Settings settings = new Attention.Settings(
                attention.heads(),
                attention.causal(),
                attention.bias() != null,
                attention.keyMask() != null,
                attention.prefix() != null,
                rate,
                salts++);
        return declaration.engine(new Attention(sameDiff, inputs.toArray(SDVariable[]::new), settings));
    }

    @Override
    public Value shiftRight(Value tokens, int start) {
        Declaration declaration = new Declaration(this, "shiftRight", tokens).types(ElementType.INT);
        Interval interval = declaration.operand(0).interval().and(Interval.of(start));
        return declaration.engine(new ShiftRight(sameDiff, declaration.variable(0), start), interval);
    }

    @Override
    public TokenSum crossEntropy(Value logits, Value labels, int ignored) {
        Declaration declaration = labelled("crossEntropy", logits, labels, ignored);
        return new TokenSum(
                declaration.engine(
                        new CrossEntropy(sameDiff, declaration.variable(0), declaration.variable(1), ignored)),
                countTokens(labels, ignored));
    }

    @Override
    public Value tokenCrossEntropy(Value logits, Value labels, int ignored) {
        Declaration declaration = labelled("tokenCrossEntropy", logits, labels, ignored);
        return declaration.engine(
                new TokenCrossEntropy(sameDiff, declaration.variable(0), declaration.variable(1), ignored));
    }

    @Override
    public TokenSum sumOver(Value x, Value mask) {
        Declaration declaration = new Declaration(this, "sumOver", x, mask).types(ElementType.FLOAT);
        declaration.require(
                Arrays.equals(declaration.shape(0), declaration.shape(1)), "the mask must have the shape of x");
        Value weights = mask.toFloat();
        return new TokenSum(x.mul(weights).sum(), weights.sum());
    }

    @Override
    public TokenSum accuracy(Value logits, Value labels, int ignored) {
        Declaration declaration = labelled("accuracy", logits, labels, ignored);
        return new TokenSum(
                declaration.engine(
                        new CorrectPredictions(sameDiff, declaration.variable(0), declaration.variable(1), ignored)),
                countTokens(labels, ignored));
    }

    private Value countTokens(Value labels, int ignored) {
        Declaration declaration = new Declaration(this, "countTokens", labels);
        return declaration.engine(new CountTokens(sameDiff, declaration.variable(0), ignored));
    }

    /** Logits, and labels that are looked up in them. */
    private Declaration labelled(String operation, Value logits, Value labels, int ignored) {
        Declaration declaration =
                new Declaration(this, operation, logits, labels).types(ElementType.FLOAT, ElementType.INT);
        long[] shape = declaration.shape(0);
        declaration.require(shape.length > 0, "logits must be [..., V]");
        long least = ignored == -1 ? -1 : 0;
        declaration.within(
                1,
                new Interval(least, shape[shape.length - 1] - 1),
                "labels",
                "logits need a column for each label"
                        + (least == 0 ? ", and labels of which some are −1 have to ignore −1, not " + ignored : ""));
        return declaration;
    }

    @Override
    public TokenSum sigmoidCrossEntropy(Value logits, Value labels) {
        Declaration declaration =
                new Declaration(this, "sigmoidCrossEntropy", logits, labels).types(ElementType.FLOAT, ElementType.INT);
        return new TokenSum(
                declaration.engine(new SigmoidCrossEntropy(sameDiff, declaration.variable(0), declaration.variable(1))),
                countAnswers(labels));
    }

    @Override
    public Detection detection(Value logits, Value labels) {
        Declaration declaration =
                new Declaration(this, "detection", logits, labels).types(ElementType.FLOAT, ElementType.INT);
        Value[] counts =
                declaration.outputs(new Detections(sameDiff, declaration.variable(0), declaration.variable(1)), null);
        Value all = countAnswers(labels);
        return new Detection(
                new TokenSum(counts[0], all),
                new TokenSum(counts[1], counts[2]),
                new TokenSum(counts[1], counts[3]),
                new TokenSum(counts[3], all));
    }

    @Override
    public Value countAnswers(Value labels) {
        Declaration declaration = new Declaration(this, "countAnswers", labels).types(ElementType.INT);
        return declaration.engine(new CountAnswers(sameDiff, declaration.variable(0)));
    }

    @Override
    public Value statesAt(Value x, Value positions) {
        Declaration declaration = placed("statesAt", x, positions).types(ElementType.FLOAT, ElementType.INT);
        return declaration.engine(new StatesAt(sameDiff, declaration.variable(0), declaration.variable(1)));
    }

    @Override
    public Value tokensAt(Value tokens, Value positions) {
        Declaration declaration = placed("tokensAt", tokens, positions).types(ElementType.INT, ElementType.INT);
        Interval interval = declaration.operand(0).interval().and(Interval.of(-1));
        return declaration.engine(new TokensAt(sameDiff, declaration.variable(0), declaration.variable(1)), interval);
    }

    @Override
    public Value replaceTokens(Value tokens, Value positions, Value values) {
        Declaration declaration = placed("replaceTokens", tokens, positions, values)
                .types(ElementType.INT, ElementType.INT, ElementType.INT);
        Interval interval =
                declaration.operand(0).interval().and(declaration.operand(2).interval());
        return declaration.engine(
                new ReplaceTokens(sameDiff, declaration.variable(0), declaration.variable(1), declaration.variable(2)),
                interval);
    }

    /** A sequence, and positions in it that are looked up. */
    private Declaration placed(String operation, Value... operands) {
        Declaration declaration = new Declaration(this, operation, operands).types(null, ElementType.INT);
        long[] sequence = declaration.shape(0);
        declaration.require(sequence.length >= 2, "its first operand must be sequences, [B, T] or [B, T, d]");
        return declaration.within(
                1,
                new Interval(Feature.Domain.NONE, sequence[1] - 1),
                "positions",
                "take a feature of positions in this sequence");
    }

    @Override
    public Value replacementLabels(Value original, Value replaced, int... excluded) {
        Declaration declaration =
                new Declaration(this, "replacementLabels", original, replaced).types(ElementType.INT, ElementType.INT);
        Interval originals = declaration.operand(0).interval();
        int[] found = Arrays.stream(excluded).filter(originals::contains).toArray();
        return declaration.engine(
                new ReplacementLabels(sameDiff, declaration.variable(0), declaration.variable(1), found),
                new Interval(-1, 1));
    }

    @Override
    public Value sampleCategorical(Value logits, double temperature) {
        Declaration declaration = new Declaration(this, "sampleCategorical", logits).floats();
        declaration.require(
                temperature > 0 && Double.isFinite(temperature),
                "a temperature must be above 0 and finite, but is " + temperature);
        long[] shape = declaration.shape(0);
        declaration.require(shape.length > 0, "logits must be [..., V]");
        return declaration.engine(
                new SampleCategorical(sameDiff, declaration.variable(0), randomKey(), temperature, salts++),
                new Interval(0, shape[shape.length - 1] - 1));
    }

    @Override
    public Value dropout(Value x, double rate) {
        Declaration declaration = new Declaration(this, "dropout", x).floats();
        return trained(declaration, rate) > 0
                ? declaration.engine(new Dropout(sameDiff, declaration.variable(0), randomKey(), rate, salts++))
                : x;
    }

    /** The rate of dropout that is in force. */
    private double trained(Declaration declaration, double rate) {
        declaration.require(rate >= 0 && rate < 1, "a dropout rate must be within [0, 1), but is " + rate);
        return training ? rate : 0;
    }

    @Override
    public Value blockEnd(Value x) {
        Declaration declaration = new Declaration(this, "blockEnd", x).floats();
        return declaration.engine(new BlockEnd(sameDiff, declaration.variable(0)));
    }

    @Override
    public Value stopGradient(Value x) {
        Declaration declaration = new Declaration(this, "stopGradient", x).floats();
        return declaration.engine(new StopGradient(sameDiff, declaration.variable(0)));
    }

    @Override
    public void loss(String name, TokenSum loss) {
        putNew(losses, Names.requireKebabCase("loss", name), loss, "loss");
    }

    @Override
    public void metric(String name, TokenSum metric) {
        putNew(metrics, Names.requireMetric(name), metric, "metric");
    }

    /** Parameters in the order in which they were declared. */
    public Map<String, ParameterSpecification> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** Features that were used. */
    public Map<Feature, Value> features() {
        return Collections.unmodifiableMap(features);
    }

    /** Losses by name. */
    public Map<String, TokenSum> losses() {
        return Collections.unmodifiableMap(losses);
    }

    /** Metrics by name. */
    public Map<String, TokenSum> metrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /** The sum of weight × sum of tokens over all losses, []. Every weight is an input named {@link PlanNames#weightOf}. */
    SDVariable total() {
        if (losses.isEmpty()) {
            throw new GraphException(
                    "the graph has no loss: the objective has to call Graph.loss for each active loss");
        }
        SDVariable total = null;
        for (Map.Entry<String, TokenSum> loss : losses.entrySet()) {
            SDVariable weight = sameDiff.placeHolder(PlanNames.weightOf(loss.getKey()), DataType.FLOAT);
            SDVariable sum = variable(loss.getValue().sum());
            SDVariable weighed = new Weigh(sameDiff, sum, weight).output();
            total = total == null ? weighed : total.add(weighed);
        }
        return total;
    }

    private SDVariable randomKey() {
        return sameDiff.hasVariable(PlanNames.RANDOM_KEY)
                ? sameDiff.getVariable(PlanNames.RANDOM_KEY)
                : sameDiff.placeHolder(PlanNames.RANDOM_KEY, DataType.LONG, 1);
    }

    private void putNew(Map<String, TokenSum> sums, String name, TokenSum sum, String what) {
        if (sum == null) {
            throw new IllegalArgumentException("the " + what + " '" + name + "' is null");
        }
        Declaration declaration = new Declaration(this, "the " + what + " '" + name + "'", sum.sum(), sum.count());
        declaration.types(ElementType.FLOAT, ElementType.FLOAT);
        declaration.require(
                declaration.shape(0).length == 0 && declaration.shape(1).length == 0,
                "its sum and its count must be single numbers, [] (Value.sum)");
        if (sums.putIfAbsent(name, sum) != null) {
            throw new GraphException("the " + what + " '" + name + "' was added to the graph twice");
        }
    }
}
