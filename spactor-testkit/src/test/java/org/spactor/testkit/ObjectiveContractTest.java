package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.objective.Objective;

/** Each test of the contract fails for the objective that is wrong in its way, and none for one that is right. */
class ObjectiveContractTest {
    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(ValidatesOthers.class, "itHasLossesAndThoseOfValidationAreAmongThem"),
            Arguments.of(AddsAnother.class, "theGraphHasTheActiveLossesAndNoOthers"),
            Arguments.of(StopsInSecret.class, "everyGradientIsTheFiniteDifference"),
            Arguments.of(StopsInSecret.class, "gradientsFlowWhereTheyAreDeclaredToAndNowhereElse"),
            Arguments.of(DoesNotStop.class, "gradientsFlowWhereTheyAreDeclaredToAndNowhereElse"),
            Arguments.of(CountsParameters.class, "lossesAreFiniteAndCountTokensThatDependOnTheBatchAlone"),
            Arguments.of(CountsPadding.class, "paddingCountsNothing")
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongObjectiveFails(Class<?> contract, String test) {
        assertThat(Outcome.of(contract).failed()).containsKey(test);
    }

    @Test
    void aRightOneFulfilsAll() {
        Outcome outcome = Outcome.of(Right.class);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(6);
    }

    @Test
    void oneThatStopsGradientsAndSaysSoFulfilsAll() {
        assertThat(Outcome.of(StopsOpenly.class).failed()).isEmpty();
    }

    /** The decoder produces the targets. */
    private static class Denoise implements Objective {
        @Override
        public Set<String> losses() {
            return Set.of("sc");
        }

        @Override
        public void build(Graph graph, Architecture architecture, Set<String> active) {
            SDVariable targets = graph.feature(Feature.TARGETS);
            Architecture.Encoded encoded = encode(graph, architecture);
            SDVariable hidden = architecture.decode(graph, encoded, graph.shiftRight(targets, Vocabulary.PAD));
            graph.loss("sc", loss(graph, architecture.project(graph, hidden), targets));
        }

        Architecture.Encoded encode(Graph graph, Architecture architecture) {
            return architecture.encode(graph, graph.feature(Feature.INPUTS));
        }

        TokenSum loss(Graph graph, SDVariable logits, SDVariable targets) {
            return graph.crossEntropy(logits, targets, Vocabulary.PAD);
        }
    }

    /** No gradient into the encoder. */
    private static final class Stopping extends Denoise {
        @Override
        Architecture.Encoded encode(Graph graph, Architecture architecture) {
            Architecture.Encoded encoded = super.encode(graph, architecture);
            return new Architecture.Encoded(graph.stopGradient(encoded.hidden()), encoded.tokens());
        }
    }

    static class Right extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise();
        }
    }

    static final class ValidatesOthers extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                public Set<String> validationLosses() {
                    return Set.of("span-corruption");
                }
            };
        }
    }

    static final class AddsAnother extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                public void build(Graph graph, Architecture architecture, Set<String> active) {
                    super.build(graph, architecture, active);
                    SDVariable logits = architecture.project(
                            graph, encode(graph, architecture).hidden());
                    graph.loss("copy", graph.crossEntropy(logits, graph.feature(Feature.INPUTS), Vocabulary.PAD));
                }
            };
        }
    }

    static final class StopsInSecret extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Stopping();
        }
    }

    static final class StopsOpenly extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Stopping();
        }

        /** The embedding learns from the decoder still, but a finite difference sees the encoder's part of it too. */
        @Override
        protected Map<String, Set<String>> stoppedGradients() {
            return Map.of("sc", Set.of("encoder."));
        }

        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new OwnEmbedding(new TinyArchitecture(vocabulary));
        }
    }

    /** An encoder that shares no embedding with the decoder. */
    private static final class OwnEmbedding extends ChangedArchitecture {
        OwnEmbedding(Architecture right) {
            super(right);
        }

        @Override
        public Encoded encode(Graph graph, SDVariable tokens) {
            SDVariable table = graph.parameter("encoder.embedding.weight", Initializer.normal(1), 56, width());
            return new Encoded(graph.embedding(table, tokens), tokens);
        }
    }

    static final class DoesNotStop extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise();
        }

        @Override
        protected Map<String, Set<String>> stoppedGradients() {
            return Map.of("sc", Set.of("encoder."));
        }
    }

    static final class CountsParameters extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                TokenSum loss(Graph graph, SDVariable logits, SDVariable targets) {
                    TokenSum right = super.loss(graph, logits, targets);
                    return new TokenSum(
                            right.sum(),
                            graph.accuracy(logits, targets, Vocabulary.PAD).sum());
                }
            };
        }
    }

    static final class CountsPadding extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                TokenSum loss(Graph graph, SDVariable logits, SDVariable targets) {
                    return graph.crossEntropy(logits, targets, -1);
                }
            };
        }
    }
}
