package org.spactor.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.train.Examples;

/**
 * Examples, each feature filled up to its length.
 *
 * @param examples the examples
 * @param lengths length of every feature
 * @param vocabulary what tokens are filled up with
 */
record Batch(List<Example> examples, FeatureLengths lengths, Vocabulary vocabulary) implements Examples {
    Batch {
        examples = List.copyOf(examples);
    }

    /** The same with some places more of padding in every feature. */
    Batch padded(int more) {
        Map<Feature, Integer> longer = new LinkedHashMap<>();
        lengths.byFeature().forEach((feature, length) -> longer.put(feature, length + more));
        return new Batch(examples, new FeatureLengths(longer), vocabulary);
    }

    /** As inputs of a plan, by name. */
    Map<String, long[]> inputs() {
        Map<String, long[]> inputs = new LinkedHashMap<>();
        for (Feature feature : lengths.byFeature().keySet()) {
            inputs.put(
                    PlanNames.inputOf(feature),
                    Arrays.stream(feature(feature)).asLongStream().toArray());
        }
        return inputs;
    }

    @Override
    public int batchSize() {
        return examples.size();
    }

    @Override
    public int[] feature(Feature feature) {
        int length = lengths.get(feature);
        int[] values = new int[examples.size() * length];
        Arrays.fill(values, feature.padding(vocabulary));
        for (int i = 0; i < examples.size(); i++) {
            int[] own = examples.get(i).get(feature);
            System.arraycopy(own, 0, values, i * length, own.length);
        }
        return values;
    }

    /** The same examples, and others behind them. */
    Batch followedBy(Batch others) {
        List<Example> both = new ArrayList<>(examples);
        both.addAll(others.examples);
        return new Batch(both, lengths, vocabulary);
    }

    @Override
    public Batch slice(int from, int to) {
        return new Batch(examples.subList(from, to), lengths, vocabulary);
    }
}
