package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.graph.Graph;
import org.spactor.api.objective.Objective;

class ResumptionContractTest {
    @ParameterizedTest
    @ValueSource(classes = {RemembersHowOftenItWasAsked.class, RemembersItsRandomNumbers.class})
    void aComponentThatRemembersFails(Class<?> contract) {
        assertThat(Outcome.of(contract).failed()).containsKey("aRunThatIsStoppedAndGoesOnEndsWithTheSameBits");
    }

    @Test
    void componentsThatRememberNothingFulfilIt() {
        assertThat(Outcome.of(Right.class).failed()).isEmpty();
    }

    static class Right extends ResumptionContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Objective() {
                @Override
                public Set<String> losses() {
                    return Set.of("sc");
                }

                @Override
                public void build(Graph graph, Architecture architecture, Set<String> active) {
                    SDVariable targets = graph.feature(Feature.TARGETS);
                    Architecture.Encoded encoded = architecture.encode(graph, graph.feature(Feature.INPUTS));
                    SDVariable hidden = architecture.decode(graph, encoded, graph.shiftRight(targets, Vocabulary.PAD));
                    SDVariable logits = architecture.project(graph, graph.dropout(hidden, 0.1));
                    graph.loss("sc", graph.crossEntropy(logits, targets, Vocabulary.PAD));
                }
            };
        }
    }

    static final class RemembersHowOftenItWasAsked extends Right {
        @Override
        protected Curriculum curriculum() {
            AtomicLong calls = new AtomicLong();
            return progress -> new StepPlan("counted", Map.of("sc", 1.0 + calls.getAndIncrement()));
        }
    }

    static final class RemembersItsRandomNumbers extends Right {
        @Override
        protected List<Corruptor> corruptors(Vocabulary vocabulary) {
            Corruptor right = new SentinelCorruptor(new EveryFourth(), vocabulary);
            Random own = new Random(1);
            return List.of(new Corruptor() {
                @Override
                public FeatureLengths lengths(FeatureLengths lengths) {
                    return right.lengths(lengths);
                }

                @Override
                public Example corrupt(Example example, RandomGenerator random) {
                    return right.corrupt(example, own);
                }
            });
        }
    }
}
