package org.spactor.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.CorruptorContract;

class ElectraMaskTest extends CorruptorContract {
    private static final int EXAMPLES = 300;

    static Corruptor electraMask(Vocabulary vocabulary) {
        return new ElectraMask().create(new ElectraMask.Options(0.15, 0.85), ComponentContext.of(vocabulary));
    }

    @Override
    protected Corruptor corruptor(Vocabulary vocabulary) {
        return electraMask(vocabulary);
    }

    @Override
    protected List<Corruptor> before(Vocabulary vocabulary) {
        return List.of(WholeWordTest.wholeWord(vocabulary));
    }

    @Test
    void aPositionMayBeDrawnSeveralTimes() {
        long repeated = corrupted()
                .filter(made -> {
                    int[] positions = made.get(ElectraMask.POSITIONS);
                    return Arrays.stream(positions).distinct().count() < positions.length;
                })
                .count();
        // 24 of 160, one in seven of which is there already: hardly any example has none
        assertThat(repeated).isGreaterThan(EXAMPLES / 2);
    }

    @Test
    void specialTokensStayAndSomeOfTheOthersKeepTheirs() {
        int mask = vocabulary().firstUnused();
        int[] drawnAndMasked = new int[2];
        corrupted().forEach(made -> {
            int[] inputs = made.get(Feature.INPUTS);
            int[] masked = made.get(ElectraMask.MASKED);
            int[] distinct =
                    Arrays.stream(made.get(ElectraMask.POSITIONS)).distinct().toArray();
            for (int position : distinct) {
                assertThat(vocabulary().isSpecial(inputs[position])).isFalse();
                drawnAndMasked[0]++;
                drawnAndMasked[1] += masked[position] == mask ? 1 : 0;
                inputs[position] = masked[position];
            }
            assertThat(masked).as("all other tokens are as they were").containsExactly(inputs);
        });
        // 0.85, and a little more for those that were drawn several times
        assertThat((double) drawnAndMasked[1] / drawnAndMasked[0]).isCloseTo(0.86, within(0.02));
    }

    private Stream<Example> corrupted() {
        Corruptor spans = WholeWordTest.wholeWord(vocabulary());
        Corruptor corruptor = electraMask(vocabulary());
        return IntStream.range(0, EXAMPLES).mapToObj(seed -> {
            CounterRandom random = CounterRandom.of(seed, "test");
            int[] segment = random.ints(160, 3, vocabulary().pieces()).toArray();
            return corruptor.corrupt(spans.corrupt(Example.of(segment), random), random);
        });
    }
}
