package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.Update;
import org.spactor.api.vocabulary.Vocabulary;

class ResumptionContractTest {
    @ParameterizedTest
    @ValueSource(
            classes = {RemembersHowOftenItWasAsked.class, RemembersItsRandomNumbers.class, OptimizerThatRemembers.class
            })
    void aComponentThatRemembersFails(Class<?> contract) {
        assertThat(Outcome.of(contract).failed()).containsKey("aRunThatIsStoppedAndGoesOnEndsWithTheSameBits");
    }

    @ParameterizedTest
    @ValueSource(classes = {NotANumber.class, CountsNothing.class})
    void aRunThatLearnsNothingFails(Class<?> contract) {
        assertThat(Outcome.of(contract).failed()).containsOnlyKeys("everyStepHasFiniteLossesAndAGradient");
    }

    @Test
    void componentsThatRememberNothingFulfilIt() {
        assertThat(Outcome.of(Right.class).failed()).isEmpty();
    }

    static class Right extends ResumptionContract {
        TokenSum loss(Graph graph, Value logits, Value targets) {
            return graph.crossEntropy(logits, targets, graph.vocabulary().pad());
        }

        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Objective() {
                @Override
                public List<String> losses() {
                    return List.of("sc");
                }

                @Override
                public Set<Class<? extends Part>> needs(Set<String> active) {
                    return Set.of(Encoder.class, Decoder.class);
                }

                @Override
                public void build(Graph graph, Architecture architecture, Set<String> active) {
                    Value targets = graph.feature(Feature.TARGETS);
                    int pad = graph.vocabulary().pad();
                    Decoder decoder = architecture.require(Decoder.class);
                    Encoder.Encoded encoded =
                            architecture.require(Encoder.class).encode(graph, graph.feature(Feature.INPUTS));
                    Value hidden = decoder.decode(graph, encoded, graph.shiftRight(targets, pad));
                    Value logits = decoder.project(graph, graph.dropout(hidden, 0.1));
                    graph.loss("sc", loss(graph, logits, targets));
                }
            };
        }
    }

    static final class RemembersHowOftenItWasAsked extends Right {
        @Override
        protected Curriculum curriculum(CurriculumContext context) {
            AtomicLong calls = new AtomicLong();
            return new Curriculum() {
                @Override
                public List<String> losses() {
                    return context.losses();
                }

                @Override
                public StepPlan at(Progress progress) {
                    return new StepPlan("counted", Map.of("sc", 1.0 + calls.getAndIncrement()));
                }
            };
        }
    }

    /** Every declaration is another one. */
    static final class OptimizerThatRemembers extends Right {
        private final AtomicInteger declarations = new AtomicInteger();

        @Override
        protected Optimizer optimizer(Vocabulary vocabulary) {
            return new Optimizer() {
                @Override
                public double learningRate() {
                    return 0.1;
                }

                @Override
                public void declare(Update update) {
                    double factor = 1.0 / declarations.incrementAndGet();
                    update.set(
                            update.value(),
                            update.value()
                                    .minus(update.gradient()
                                            .times(update.learningRate())
                                            .times(factor)));
                }
            };
        }
    }

    static final class NotANumber extends Right {
        @Override
        TokenSum loss(Graph graph, Value logits, Value targets) {
            TokenSum right = super.loss(graph, logits, targets);
            return new TokenSum(right.sum().neg().log(), right.count());
        }
    }

    static final class CountsNothing extends Right {
        @Override
        TokenSum loss(Graph graph, Value logits, Value targets) {
            return new TokenSum(super.loss(graph, logits, targets).sum(), graph.constant(new float[] {0}));
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
