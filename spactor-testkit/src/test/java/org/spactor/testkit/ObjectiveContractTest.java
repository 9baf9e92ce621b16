package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;

/** Each test of the contract fails for the objective that is wrong in its way, and none for one that is right. */
class ObjectiveContractTest {
    private static final int TESTS = 9;

    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(ValidatesOthers.class, Set.of("lossesAreNamedOnceAndThoseOfValidationAreAmongThem")),
            Arguments.of(NamesALossTwice.class, Set.of("lossesAreNamedOnceAndThoseOfValidationAreAmongThem")),
            Arguments.of(AddsAnother.class, Set.of("theGraphHasTheActiveLossesAndNoOthers")),
            Arguments.of(NeedsLess.class, Set.of("itBuildsThePartsThatItSaysItNeedsAndNoOthers")),
            Arguments.of(NeedsMore.class, Set.of("itBuildsThePartsThatItSaysItNeedsAndNoOthers")),
            Arguments.of(CastsTheArchitecture.class, Set.of("itBuildsThePartsThatItSaysItNeedsAndNoOthers")),
            Arguments.of(
                    StopsInSecret.class,
                    Set.of("everyGradientIsTheFiniteDifference", "gradientsFlowWhereTheyAreDeclaredToAndNowhereElse")),
            Arguments.of(DoesNotStop.class, Set.of("gradientsFlowWhereTheyAreDeclaredToAndNowhereElse")),
            Arguments.of(CountsParameters.class, Set.of("lossesAreFiniteAndCountTokensThatDependOnTheBatchAlone")),
            Arguments.of(CountsNothing.class, Set.of("lossesAreFiniteAndCountTokensThatDependOnTheBatchAlone")),
            Arguments.of(CountsPadding.class, Set.of("paddingCountsNothing")),
            Arguments.of(Mean.class, Set.of("aBatchsLossIsTheSumOfItsHalvesUnlessExamplesAreCompared")),
            Arguments.of(
                    ComparesInSecret.class,
                    Set.of(
                            "aBatchsLossIsTheSumOfItsHalvesUnlessExamplesAreCompared",
                            "anExampleCountsTheSameBesideOthersUnlessExamplesAreCompared"))
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongObjectiveFails(Class<?> contract, Set<String> tests) {
        assertThat(Outcome.of(contract).failed().keySet()).isEqualTo(tests);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {Right.class, StopsOpenly.class, ComparesOpenly.class, DrawsGuesses.class, OfItsLength.class})
    void aRightOneFulfilsAll(Class<?> contract) {
        Outcome outcome = Outcome.of(contract);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(TESTS);
    }

    @Test
    void whatDoesNotApplyIsSkippedForAllToSee() {
        assertThat(Outcome.of(Right.class).skipped()).isEmpty();
        assertThat(Outcome.of(OfItsLength.class).skipped()).containsExactly("paddingCountsNothing");
        assertThat(Outcome.of(ComparesOpenly.class).skipped())
                .containsExactlyInAnyOrder(
                        "aBatchsLossIsTheSumOfItsHalvesUnlessExamplesAreCompared",
                        "anExampleCountsTheSameBesideOthersUnlessExamplesAreCompared");
    }

    /** The decoder produces the targets. */
    private static class Denoise implements Objective {
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
            Encoder.Encoded encoded = encode(graph, architecture);
            Value logits = logits(graph, architecture.require(Decoder.class), encoded, targets);
            graph.loss("sc", loss(graph, logits, targets));
        }

        static Value logits(Graph graph, Decoder decoder, Encoder.Encoded encoded, Value targets) {
            Value read = graph.shiftRight(targets, graph.vocabulary().pad());
            return decoder.project(graph, decoder.decode(graph, encoded, read));
        }

        Encoder.Encoded encode(Graph graph, Architecture architecture) {
            return architecture.require(Encoder.class).encode(graph, graph.feature(Feature.INPUTS));
        }

        TokenSum loss(Graph graph, Value logits, Value targets) {
            return graph.crossEntropy(logits, targets, graph.vocabulary().pad());
        }
    }

    /** No gradient into the encoder. */
    private static final class Stopping extends Denoise {
        @Override
        Encoder.Encoded encode(Graph graph, Architecture architecture) {
            Encoder.Encoded encoded = super.encode(graph, architecture);
            return new Encoder.Encoded(graph.stopGradient(encoded.hidden()), encoded.tokens());
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
                public List<String> validationLosses() {
                    return List.of("span-corruption");
                }
            };
        }
    }

    static final class NamesALossTwice extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                public List<String> losses() {
                    return List.of("sc", "sc");
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
                    Value targets = graph.feature(Feature.TARGETS);
                    Value logits =
                            logits(graph, architecture.require(Decoder.class), encode(graph, architecture), targets);
                    graph.loss("copy", super.loss(graph, logits, targets));
                }
            };
        }
    }

    static final class NeedsLess extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                public Set<Class<? extends Part>> needs(Set<String> active) {
                    return Set.of(Encoder.class);
                }
            };
        }
    }

    static final class NeedsMore extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                public Set<Class<? extends Part>> needs(Set<String> active) {
                    return Set.of(Encoder.class, Decoder.class, TokenGenerator.class);
                }
            };
        }
    }

    /** Takes the parts from the architecture's class, so that nobody else can offer them. */
    static final class CastsTheArchitecture extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                Encoder.Encoded encode(Graph graph, Architecture architecture) {
                    return ((Encoder) architecture).encode(graph, graph.feature(Feature.INPUTS));
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

        /** An encoder that shares no embedding with the decoder. */
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Encoded encode(Graph graph, Value tokens) {
                    Value table =
                            graph.parameter("encoder.embedding.weight", Initializer.normal(1), vocabulary.size(), 6);
                    return new Encoded(graph.embedding(table, tokens), tokens);
                }
            };
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
                TokenSum loss(Graph graph, Value logits, Value targets) {
                    TokenSum right = super.loss(graph, logits, targets);
                    int pad = graph.vocabulary().pad();
                    // every label, whatever the logits are, but by way of them
                    Value none = graph.accuracy(logits, targets, pad).sum().mul(0);
                    return new TokenSum(right.sum(), right.count().add(none));
                }
            };
        }
    }

    static final class CountsNothing extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                TokenSum loss(Graph graph, Value logits, Value targets) {
                    return new TokenSum(
                            super.loss(graph, logits, targets).sum(),
                            targets.eq(-5).toFloat().sum());
                }
            };
        }
    }

    static final class CountsPadding extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                TokenSum loss(Graph graph, Value logits, Value targets) {
                    return graph.crossEntropy(logits, targets, -1);
                }
            };
        }
    }

    /** A mean over the batch, which counts as one. */
    static final class Mean extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                TokenSum loss(Graph graph, Value logits, Value targets) {
                    Value each = graph.tokenCrossEntropy(
                            logits, targets, graph.vocabulary().pad());
                    return new TokenSum(each.sum(1).mean(), graph.constant(new float[] {1}));
                }
            };
        }
    }

    /** Each example's encoding next to those of the others. */
    private static class Contrast implements Objective {
        @Override
        public List<String> losses() {
            return List.of("contrast");
        }

        @Override
        public Set<Class<? extends Part>> needs(Set<String> active) {
            return Set.of(Encoder.class);
        }

        @Override
        public void build(Graph graph, Architecture architecture, Set<String> active) {
            Encoder encoder = architecture.require(Encoder.class);
            Value inputs = first(graph, encoder.encode(graph, graph.feature(Feature.INPUTS)));
            Value targets = first(graph, encoder.encode(graph, graph.feature(Feature.TARGETS)));
            int examples = Math.toIntExact(inputs.size(0));
            int[] own = new int[examples];
            for (int i = 0; i < examples; i++) {
                own[i] = i;
            }
            Value scores = inputs.matmul(targets.transpose());
            graph.loss("contrast", graph.crossEntropy(scores, graph.constant(own, examples), -1));
        }

        private static Value first(Graph graph, Encoder.Encoded encoded) {
            return encoded.hidden().slice(1, 0, 1).squeeze(1);
        }
    }

    static final class ComparesInSecret extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Contrast();
        }
    }

    static final class ComparesOpenly extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Contrast() {
                @Override
                public boolean comparesExamples() {
                    return true;
                }
            };
        }
    }

    /** The encoder reads tokens that are drawn from what the decoder expects; two losses, of which one is random. */
    static final class DrawsGuesses extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                public List<String> losses() {
                    return List.of("guess", "sc");
                }

                @Override
                public Set<Class<? extends Part>> needs(Set<String> active) {
                    return active.contains("sc")
                            ? Set.of(CausalDecoder.class, Encoder.class, Decoder.class)
                            : Set.of(CausalDecoder.class);
                }

                @Override
                public void build(Graph graph, Architecture architecture, Set<String> active) {
                    Value inputs = graph.feature(Feature.INPUTS);
                    CausalDecoder guesser = architecture.require(CausalDecoder.class);
                    Value read = graph.shiftRight(inputs, graph.vocabulary().pad());
                    Value guesses = guesser.project(graph, guesser.decode(graph, read, null));
                    if (active.contains("guess")) {
                        graph.loss("guess", super.loss(graph, guesses, inputs));
                    }
                    if (active.contains("sc")) {
                        Value drawn = graph.sampleCategorical(graph.stopGradient(guesses), 1);
                        Encoder.Encoded encoded =
                                architecture.require(Encoder.class).encode(graph, drawn);
                        Value targets = graph.feature(Feature.TARGETS);
                        Value logits = logits(graph, architecture.require(Decoder.class), encoded, targets);
                        graph.loss("sc", super.loss(graph, logits, targets));
                    }
                }
            };
        }

        @Override
        protected Map<String, Set<String>> stoppedGradients() {
            return Map.of("sc", Set.of("causal."));
        }
    }

    /** Weighs every token by the length of the targets. */
    static final class OfItsLength extends ObjectiveContract {
        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Denoise() {
                @Override
                TokenSum loss(Graph graph, Value logits, Value targets) {
                    TokenSum right = super.loss(graph, logits, targets);
                    return new TokenSum(right.sum().mul(targets.size(1)), right.count());
                }
            };
        }

        @Override
        protected boolean lengthsMatter() {
            return true;
        }
    }
}
