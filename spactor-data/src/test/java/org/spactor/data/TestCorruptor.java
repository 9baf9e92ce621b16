package org.spactor.data;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.CorruptorChain.Link;

/** A corruptor made of two functions. */
record TestCorruptor(UnaryOperator<FeatureLengths> lengthsOf, BiFunction<Example, RandomGenerator, Example> corruption)
        implements Corruptor {
    /** Corruptors as links {@code corruptors[0]}, {@code corruptors[1]}, …. */
    static CorruptorChain chain(List<Corruptor> corruptors, Vocabulary vocabulary) {
        List<Link> links = IntStream.range(0, corruptors.size())
                .mapToObj(i -> Link.of("corruptors[" + i + "]", corruptors.get(i)))
                .toList();
        return new CorruptorChain(links, vocabulary);
    }

    @Override
    public FeatureLengths lengths(FeatureLengths lengths) {
        return lengthsOf.apply(lengths);
    }

    @Override
    public Example corrupt(Example example, RandomGenerator random) {
        return corruption.apply(example, random);
    }
}
