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
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.engine.op.Attention.Settings;
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
import org.spactor.engine.op.Scale;
import org.spactor.engine.op.ShiftRight;
import org.spactor.engine.op.SigmoidCrossEntropy;
import org.spactor.engine.op.StatesAt;
import org.spactor.engine.op.StopGradient;
import org.spactor.engine.op.TokensAt;
import org.spactor.engine.op.Weigh;

/**
 * The first stage, <i>declare</i>: a SameDiff graph for batches of one size, and what was declared in it.
 *
 * <p>Parameters and features are placeholders, so that declaring a model of any size takes no memory.
 */
public final class ModelGraph implements Graph {
    /** Input of a plan: the key of the step's random numbers, [1] INT64. */
    public static final String RANDOM_KEY = "random-key";

    private final SameDiff sameDiff = SameDiff.create();
    private final FeatureLengths lengths;
    private final int batchSize;
    private final boolean training;
    private final Map<String, ParameterSpecification> parameters = new LinkedHashMap<>();
    private final Map<Feature, SDVariable> features = new LinkedHashMap<>();
    private final Map<String, TokenSum> losses = new LinkedHashMap<>();
    private final Map<String, TokenSum> metrics = new LinkedHashMap<>();
    private long salts;

    /**
     * An empty graph.
     *
     * @param lengths length of every feature there is, in elements
     * @param batchSize number of examples
     * @param training whether dropout drops
     */
    public ModelGraph(FeatureLengths lengths, int batchSize, boolean training) {
        EngineOps.register();
        this.lengths = lengths;
        this.batchSize = batchSize;
        this.training = training;
    }

    /** Name of the input that holds a feature, [B, T]. */
    public static String inputOf(Feature feature) {
        return "feature." + feature.name();
    }

    /** Name of the input that holds a loss's weight divided by its count, []. */
    public static String weightOf(String loss) {
        return "weight." + loss;
    }

    @Override
    public SameDiff sameDiff() {
        return sameDiff;
    }

    @Override
    public boolean training() {
        return training;
    }

    @Override
    public SDVariable feature(Feature feature) {
        int length = lengths.get(feature);
        return features.computeIfAbsent(
                feature, f -> sameDiff.placeHolder(inputOf(f), DataType.INT, batchSize, length));
    }

    @Override
    public SDVariable parameter(String name, Initializer initializer, long... shape) {
        ParameterSpecification known = parameters.get(name);
        if (known == null) {
            parameters.put(name, new ParameterSpecification(name, shape.clone(), initializer));
            return sameDiff.placeHolder(name, DataType.FLOAT, shape);
        }
        if (!Arrays.equals(known.shape(), shape)) {
            throw new IllegalArgumentException("parameter '" + name + "' was declared with shape "
                    + Arrays.toString(known.shape()) + " and now with " + Arrays.toString(shape));
        }
        return sameDiff.getVariable(name);
    }

    @Override
    public SDVariable embedding(SDVariable table, SDVariable ids) {
        return new Embedding(sameDiff, table, ids).output();
    }

    @Override
    public SDVariable linear(SDVariable x, SDVariable weight) {
        return new Linear(sameDiff, x, weight).output();
    }

    @Override
    public SDVariable rmsNorm(SDVariable x, SDVariable weight, double epsilon) {
        return new RmsNorm(sameDiff, x, weight, epsilon).output();
    }

    @Override
    public SDVariable gatedGelu(SDVariable gate, SDVariable value) {
        return new GatedGelu(sameDiff, gate, value).output();
    }

    @Override
    public SDVariable gelu(SDVariable x) {
        return new Gelu(sameDiff, x).output();
    }

    @Override
    public SDVariable relu(SDVariable x) {
        return new Rectifier(sameDiff, x).output();
    }

    @Override
    public SDVariable scale(SDVariable x, double factor) {
        return new Scale(sameDiff, x, factor).output();
    }

    @Override
    public SDVariable relativePositionBias(
            SDVariable table, SDVariable queryTokens, SDVariable keyTokens, boolean bidirectional, int maxDistance) {
        return new RelativePositionBias(sameDiff, table, queryTokens, keyTokens, bidirectional, maxDistance).output();
    }

    @Override
    public SDVariable rotaryPositions(SDVariable x, int heads, double base) {
        return new RotaryPositions(sameDiff, x, heads, base).output();
    }

    @Override
    public SDVariable attention(Graph.Attention attention) {
        double dropout = training ? attention.dropout() : 0;
        List<SDVariable> inputs = new ArrayList<>(List.of(attention.query(), attention.key(), attention.value()));
        if (attention.bias() != null) {
            inputs.add(attention.bias());
        }
        if (attention.keyTokens() != null) {
            inputs.add(attention.keyTokens());
        }
        if (dropout > 0) {
            inputs.add(randomKey());
        }
        Settings settings = new Settings(
                attention.heads(),
                attention.causal(),
                attention.bias() != null,
                attention.keyTokens() != null,
                dropout,
                salts++);
        return new org.spactor.engine.op.Attention(sameDiff, inputs.toArray(SDVariable[]::new), settings).output();
    }

    @Override
    public SDVariable shiftRight(SDVariable tokens, int start) {
        return new ShiftRight(sameDiff, tokens, start).output();
    }

    @Override
    public TokenSum crossEntropy(SDVariable logits, SDVariable labels, int ignored) {
        SDVariable sum = new CrossEntropy(sameDiff, logits, labels, ignored).output();
        return new TokenSum(sum, new CountTokens(sameDiff, labels, ignored).output());
    }

    @Override
    public TokenSum accuracy(SDVariable logits, SDVariable labels, int ignored) {
        SDVariable correct = new CorrectPredictions(sameDiff, logits, labels, ignored).output();
        return new TokenSum(correct, new CountTokens(sameDiff, labels, ignored).output());
    }

    @Override
    public TokenSum sigmoidCrossEntropy(SDVariable logits, SDVariable labels) {
        return new TokenSum(new SigmoidCrossEntropy(sameDiff, logits, labels).output(), countAnswers(labels));
    }

    @Override
    public Detection detection(SDVariable logits, SDVariable labels) {
        SDVariable[] counts = new Detections(sameDiff, logits, labels).outputVariables();
        SDVariable all = countAnswers(labels);
        return new Detection(
                new TokenSum(counts[0], all),
                new TokenSum(counts[1], counts[2]),
                new TokenSum(counts[1], counts[3]),
                new TokenSum(counts[3], all));
    }

    @Override
    public SDVariable countAnswers(SDVariable labels) {
        return new CountAnswers(sameDiff, labels).output();
    }

    @Override
    public SDVariable statesAt(SDVariable x, SDVariable positions) {
        return new StatesAt(sameDiff, x, positions).output();
    }

    @Override
    public SDVariable tokensAt(SDVariable tokens, SDVariable positions) {
        return new TokensAt(sameDiff, tokens, positions).output();
    }

    @Override
    public SDVariable replaceTokens(SDVariable tokens, SDVariable positions, SDVariable values) {
        return new ReplaceTokens(sameDiff, tokens, positions, values).output();
    }

    @Override
    public SDVariable replacementLabels(SDVariable original, SDVariable replaced, int... excluded) {
        return new ReplacementLabels(sameDiff, original, replaced, excluded).output();
    }

    @Override
    public SDVariable sampleCategorical(SDVariable logits, double temperature) {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("a temperature must be above 0 and finite, but is " + temperature);
        }
        return new SampleCategorical(sameDiff, logits, randomKey(), temperature, salts++).output();
    }

    @Override
    public SDVariable dropout(SDVariable x, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a dropout rate must be within [0, 1), but is " + rate);
        }
        return training && rate > 0 ? new Dropout(sameDiff, x, randomKey(), rate, salts++).output() : x;
    }

    @Override
    public SDVariable blockEnd(SDVariable x) {
        return new BlockEnd(sameDiff, x).output();
    }

    @Override
    public SDVariable stopGradient(SDVariable x) {
        return new StopGradient(sameDiff, x).output();
    }

    @Override
    public void loss(String name, TokenSum loss) {
        putNew(losses, name, loss, "loss");
    }

    @Override
    public void metric(String name, TokenSum metric) {
        putNew(metrics, name, metric, "metric");
    }

    /** Parameters in the order in which they were declared. */
    public Map<String, ParameterSpecification> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** Features that were used. */
    public Map<Feature, SDVariable> features() {
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

    /** The sum of weight × sum of tokens over all losses, []. Every weight is an input named {@link #weightOf}. */
    SDVariable total() {
        if (losses.isEmpty()) {
            throw new GraphException(
                    "the graph has no loss: the objective has to call Graph.loss for each active loss");
        }
        SDVariable total = null;
        for (Map.Entry<String, TokenSum> loss : losses.entrySet()) {
            SDVariable weight = sameDiff.placeHolder(weightOf(loss.getKey()), DataType.FLOAT);
            SDVariable weighed = new Weigh(sameDiff, loss.getValue().sum(), weight).output();
            total = total == null ? weighed : total.add(weighed);
        }
        return total;
    }

    private SDVariable randomKey() {
        return sameDiff.hasVariable(RANDOM_KEY)
                ? sameDiff.getVariable(RANDOM_KEY)
                : sameDiff.placeHolder(RANDOM_KEY, DataType.LONG, 1);
    }

    private static void putNew(Map<String, TokenSum> sums, String name, TokenSum sum, String what) {
        if (sums.putIfAbsent(name, sum) != null) {
            throw new GraphException("the " + what + " '" + name + "' was added to the graph twice");
        }
    }
}
