package org.spactor.runner.preview;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.vocabulary.Vocabulary;

/** What many corrupted segments have in common. */
public final class CorruptionStatistics {
    private final Vocabulary vocabulary;
    private final Map<Feature, Lengths> lengths = new LinkedHashMap<>();
    private final Map<Integer, Integer> spanLengths = new TreeMap<>();
    private int segments;
    private long segmentTokens;
    private long textTokens;

    /** No segments yet. */
    public CorruptionStatistics(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Adds a segment and what was made of it. */
    public void add(int[] segment, Example example) {
        segments++;
        segmentTokens += segment.length;
        textTokens += textTokens(example.get(Feature.INPUTS));
        for (Feature feature : example.features()) {
            lengths.computeIfAbsent(feature, f -> new Lengths()).add(example.get(feature).length);
        }
        if (example.has(Feature.TARGETS)) {
            addSpans(example.get(Feature.TARGETS));
        }
    }

    /** Number of segments. */
    public int segments() {
        return segments;
    }

    /** Share of the segments' tokens that are not in the inputs any more. */
    public double noiseShare() {
        return 1 - (double) textTokens / segmentTokens;
    }

    /** How often there was a span of each length, by length in tokens; empty if the targets have no sentinels. */
    public Map<Integer, Integer> spanLengths() {
        return Map.copyOf(spanLengths);
    }

    /** Mean length of the spans in tokens. */
    public double meanSpanLength() {
        long tokens = 0;
        long spans = 0;
        for (Map.Entry<Integer, Integer> entry : spanLengths.entrySet()) {
            tokens += (long) entry.getKey() * entry.getValue();
            spans += entry.getValue();
        }
        return (double) tokens / spans;
    }

    /** Entries of a feature, for each token of text in the inputs: the share of masked tokens, for masked positions. */
    public double shareOfInputs(Feature feature) {
        return (double) lengths.get(feature).sum / textTokens;
    }

    /** Mean length of a feature. */
    public double meanLength(Feature feature) {
        return (double) lengths.get(feature).sum / segments;
    }

    /** The features that there are. */
    public Iterable<Feature> features() {
        return lengths.keySet();
    }

    private int textTokens(int[] tokens) {
        int count = 0;
        for (int token : tokens) {
            if (!vocabulary.isSpecial(token) && token < vocabulary.firstUnused()) {
                count++;
            }
        }
        return count;
    }

    /** A span is what follows a sentinel. */
    private void addSpans(int[] targets) {
        int span = -1;
        for (int token : targets) {
            if (vocabulary.isSpecial(token)) {
                endSpan(span);
                span = vocabulary.isSentinel(token) ? 0 : -1;
            } else if (span >= 0) {
                span++;
            }
        }
        endSpan(span);
    }

    private void endSpan(int length) {
        if (length >= 0) {
            spanLengths.merge(length, 1, Integer::sum);
        }
    }

    private static final class Lengths {
        private long sum;

        private void add(int length) {
            sum += length;
        }
    }
}
