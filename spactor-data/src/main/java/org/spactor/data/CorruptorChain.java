package org.spactor.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * The corruptors, one after the other: the only place where they are applied, so that what they make is checked wherever
 * it is used. Every check that fails is a {@link DataException} that names the link, the example and the feature.
 * Thread-safe.
 *
 * <p>Link i draws from a generator of its own, keyed by (seed, purpose, example, i): what one draws does not depend on
 * those behind it.
 */
public final class CorruptorChain {
    private final List<Link> links;
    private final Vocabulary vocabulary;

    /**
     * A chain.
     *
     * @param links in the order in which they are applied; without any an example is the segment
     * @param vocabulary what tokens may be
     */
    public CorruptorChain(List<Link> links, Vocabulary vocabulary) {
        this.links = List.copyOf(links);
        this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary");
    }

    /** What tokens may be. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /**
     * The greatest lengths of what becomes of a segment.
     *
     * @param segmentTokens length of the segment, at least 1
     * @throws InvalidOptionException if a link refuses segments of this length
     * @throws DataException if a link promises nothing, or not for every feature there was before it
     */
    public FeatureLengths lengths(int segmentTokens) {
        return last(promises(segmentTokens));
    }

    /**
     * What becomes of a segment.
     *
     * @param seed of the run
     * @param purpose key of the random numbers, for instance {@code training}
     * @param index number of the example: key of the random numbers, and named where something is wrong
     * @throws DataException if a link breaks its promise or a feature's domain
     */
    public Example corrupt(int[] segment, long seed, String purpose, long index) {
        return corrupt(segment, promises(segment.length), seed, purpose, index);
    }

    /** The same, where what {@link #promises} says of the segment's length is known. */
    Example corrupt(int[] segment, List<FeatureLengths> promises, long seed, String purpose, long index) {
        return last(run(segment, promises, seed, purpose, index));
    }

    /**
     * The example behind every link, as {@link #corrupt} makes it on its way.
     *
     * @return as many examples as there are links
     */
    public List<Example> steps(int[] segment, long seed, String purpose, long index) {
        List<Example> run = run(segment, promises(segment.length), seed, purpose, index);
        return List.copyOf(run.subList(1, run.size()));
    }

    /** The segment, then the example behind every link. */
    private List<Example> run(int[] segment, List<FeatureLengths> promises, long seed, String purpose, long index) {
        List<Example> run = new ArrayList<>();
        run.add(Example.of(segment));
        for (int i = 0; i < links.size(); i++) {
            run.add(step(i, last(run), promises.get(i + 1), seed, purpose, index));
        }
        return run;
    }

    /** The greatest lengths of a segment, then those behind every link. */
    List<FeatureLengths> promises(int segmentTokens) {
        List<FeatureLengths> promises = new ArrayList<>();
        promises.add(FeatureLengths.ofSegment(segmentTokens));
        for (Link link : links) {
            FeatureLengths before = last(promises);
            FeatureLengths promised = link.lengths(before);
            requireComplete(link, before, promised);
            promises.add(promised);
        }
        return promises;
    }

    /**
     * Checks that no length falls where a segment grows, and that there are the same features.
     *
     * @param fewer what {@link #promises} says of the shorter segment
     * @param more what it says of the longer one
     */
    void requireGrowth(List<FeatureLengths> fewer, List<FeatureLengths> more) {
        for (int i = 0; i < links.size(); i++) {
            Map<Feature, Integer> shorter = fewer.get(i + 1).byFeature();
            Map<Feature, Integer> longer = more.get(i + 1).byFeature();
            boolean grows = shorter.keySet().equals(longer.keySet())
                    && shorter.entrySet().stream().allMatch(entry -> entry.getValue() <= longer.get(entry.getKey()));
            if (!grows) {
                throw new DataException(links.get(i).name() + ": its lengths are " + shorter + " for examples of "
                        + fewer.get(i).byFeature() + ", but " + longer + " for longer ones of "
                        + more.get(i).byFeature() + ". The features have to be the same, and none may become shorter");
            }
        }
    }

    private Example step(int link, Example example, FeatureLengths promised, long seed, String purpose, long index) {
        Example made = links.get(link).corrupt(example, CounterRandom.of(seed, purpose, index, link), index);
        problem(example, made, promised).ifPresent(problem -> {
            throw new DataException(links.get(link).name() + ", example " + index + ": " + problem);
        });
        return made;
    }

    /** What is wrong with what a link made of an example, if anything is. */
    private Optional<String> problem(Example before, Example made, FeatureLengths promised) {
        if (made == null) {
            return Optional.of("it returned null instead of an example");
        }
        if (!made.features().equals(promised.byFeature().keySet())) {
            return Optional.of("it made the features " + made.features() + ", but its lengths are for "
                    + promised.byFeature().keySet());
        }
        for (Feature feature : made.features()) {
            if (made.length(feature) > promised.get(feature)) {
                return Optional.of("feature '" + feature + "' has length " + made.length(feature)
                        + ", but its lengths promise at most " + promised.get(feature));
            }
            Optional<String> problem = made.sharesWith(before, feature)
                    ? staleness(before, made, feature)
                    : made.problem(feature, vocabulary);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** Positions that were left as they are do not hold in a sequence that was changed. */
    private static Optional<String> staleness(Example before, Example made, Feature feature) {
        if (feature.domain() instanceof Feature.Domain.Positions positions
                && !made.sharesWith(before, positions.in())) {
            return Optional.of("it changed '" + positions.in() + "' and left '" + feature
                    + "', which are positions in it. It belongs before the corruptor that makes them");
        }
        return Optional.empty();
    }

    private static void requireComplete(Link link, FeatureLengths before, FeatureLengths promised) {
        if (promised == null) {
            throw new DataException(
                    link.name() + ": its lengths are null for examples of lengths " + before.byFeature());
        }
        for (Feature feature : before.byFeature().keySet()) {
            if (!promised.byFeature().containsKey(feature)) {
                throw new DataException(link.name() + ": its lengths are for "
                        + promised.byFeature().keySet() + ", but examples have '" + feature
                        + "' too, and a corruptor replaces or adds features");
            }
        }
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    /** A corruptor, and who it is. */
    public interface Link {
        /** Who it is, in words that a message can begin with. */
        String name();

        /**
         * As {@link Corruptor#lengths}.
         *
         * @throws InvalidOptionException if examples of these lengths cannot be made
         */
        FeatureLengths lengths(FeatureLengths lengths);

        /**
         * As {@link Corruptor#corrupt}. What it throws is not caught: it says itself who failed, and on which example.
         *
         * @param index number of the example
         */
        Example corrupt(Example example, RandomGenerator random, long index);

        /**
         * A corruptor under a name. What it throws becomes a {@link DataException} with the name in front, except for an
         * {@link InvalidOptionException} of its lengths.
         */
        static Link of(String name, Corruptor corruptor) {
            return new NamedCorruptor(name, corruptor);
        }
    }

    private record NamedCorruptor(String name, Corruptor corruptor) implements Link {
        private NamedCorruptor {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(corruptor, "corruptor");
        }

        @Override
        public FeatureLengths lengths(FeatureLengths lengths) {
            try {
                return corruptor.lengths(lengths);
            } catch (InvalidOptionException e) {
                throw e;
            } catch (RuntimeException | LinkageError e) {
                throw new DataException(name + " failed on lengths " + lengths.byFeature() + ": " + e, e);
            }
        }

        @Override
        public Example corrupt(Example example, RandomGenerator random, long index) {
            try {
                return corruptor.corrupt(example, random);
            } catch (RuntimeException | LinkageError e) {
                throw new DataException(name + " failed on example " + index + ": " + e, e);
            }
        }
    }
}
