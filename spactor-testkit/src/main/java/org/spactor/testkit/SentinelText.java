package org.spactor.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.vocabulary.Vocabulary;

/** Undoes corruption by sentinels: puts what the targets say behind each sentinel into its place in the inputs. */
public final class SentinelText {
    private SentinelText() {}

    /** The segment that inputs and targets were made of. Ids that stand for nothing, such as mode tokens, are left out. */
    public static int[] restore(Example example, Vocabulary vocabulary) {
        Map<Integer, List<Integer>> spans = spans(example.get(Feature.TARGETS), vocabulary);
        List<Integer> text = new ArrayList<>();
        for (int token : example.get(Feature.INPUTS)) {
            if (vocabulary.isSentinel(token)) {
                text.addAll(spans.getOrDefault(token, List.of()));
            } else if (token != vocabulary.end() && token < vocabulary.firstUnused()) {
                text.add(token);
            }
        }
        return text.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Map<Integer, List<Integer>> spans(int[] targets, Vocabulary vocabulary) {
        Map<Integer, List<Integer>> spans = new HashMap<>();
        List<Integer> span = new ArrayList<>();
        for (int token : targets) {
            if (vocabulary.isSentinel(token)) {
                span = new ArrayList<>();
                spans.put(token, span);
            } else if (token != vocabulary.end()) {
                span.add(token);
            }
        }
        return spans;
    }
}
