package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;

/** Each test of the contract fails for the architecture that is wrong in its way, and none for one that is right. */
class ArchitectureContractTest {
    private static final int TESTS = 13;

    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(WideLogits.class, Set.of("shapesAreThoseThatThePartsPromise")),
            Arguments.of(Stopping.class, Set.of("everyGradientIsTheFiniteDifference", "everyParameterLearns")),
            Arguments.of(Idle.class, Set.of("everyParameterLearns")),
            Arguments.of(SeesPadding.class, Set.of("paddingChangesNothing")),
            Arguments.of(GeneratorSeesPadding.class, Set.of("paddingChangesNothing")),
            Arguments.of(
                    SeesTheFuture.class, Set.of("decodersDoNotSeeTokensThatAreStillToCome", "paddingChangesNothing")),
            Arguments.of(
                    SeesAllAsPrefix.class, Set.of("decodersDoNotSeeTokensThatAreStillToCome", "paddingChangesNothing")),
            Arguments.of(Forgetful.class, Set.of("decodersSeeTheTokensBehindThem", "everyParameterLearns")),
            Arguments.of(NoPrefix.class, Set.of("everyPositionSeesThePrefix")),
            Arguments.of(Deaf.class, Set.of("theDecoderSeesTheEncodedInputs", "everyParameterLearns")),
            Arguments.of(OneSided.class, Set.of("encoderAndGeneratorSeeTokensOnBothSides")),
            Arguments.of(AsLongAsTheBatch.class, Set.of("parametersAreTheSameInEveryGraph"))
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongArchitectureFailsInThatAndNothingElse(Class<?> contract, Set<String> tests) {
        assertThat(Outcome.of(contract).failed().keySet()).isEqualTo(tests);
    }

    static Arguments[] wrongInManyWays() {
        return new Arguments[] {
            Arguments.of(Nothing.class, "itOffersAPart"),
            Arguments.of(DecoderAlone.class, "itOffersAPart"),
            Arguments.of(Numb.class, "itLearnsOneSmallBatchByHeart"),
            Arguments.of(Renaming.class, "parametersAreTheSameInEveryGraph"),
            Arguments.of(Renaming.class, "aCheckpointBringsItBackBitForBit")
        };
    }

    @ParameterizedTest
    @MethodSource("wrongInManyWays")
    void oneThatIsWrongInManyWaysFailsInThatToo(Class<?> contract, String test) {
        assertThat(Outcome.of(contract).failed()).containsKey(test);
    }

    @ParameterizedTest
    @ValueSource(classes = {Right.class, OnlyAnEncoder.class, OnlyACausalDecoder.class, EncoderAndDecoder.class})
    void aRightOneFulfilsAll(Class<?> contract) {
        Outcome outcome = Outcome.of(contract);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(TESTS);
    }

    @Test
    void whatConcernsPartsThatThereAreNotIsSkippedForAllToSee() {
        assertThat(Outcome.of(OnlyAnEncoder.class).skipped())
                .containsExactlyInAnyOrder(
                        "decodersDoNotSeeTokensThatAreStillToCome",
                        "decodersSeeTheTokensBehindThem",
                        "everyPositionSeesThePrefix",
                        "theDecoderSeesTheEncodedInputs");
        assertThat(Outcome.of(Right.class).skipped()).isEmpty();
    }

    static final class Right extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new TinyArchitecture(vocabulary);
        }
    }

    /** Some of a right architecture's parts. */
    private abstract static class Some extends ArchitectureContract {
        abstract Set<Class<? extends Part>> parts();

        @Override
        protected final Architecture architecture(Vocabulary vocabulary) {
            return new RecordedParts(new TinyArchitecture(vocabulary), parts());
        }
    }

    static final class OnlyAnEncoder extends Some {
        @Override
        Set<Class<? extends Part>> parts() {
            return Set.of(Encoder.class);
        }
    }

    static final class OnlyACausalDecoder extends Some {
        @Override
        Set<Class<? extends Part>> parts() {
            return Set.of(CausalDecoder.class);
        }
    }

    static final class EncoderAndDecoder extends Some {
        @Override
        Set<Class<? extends Part>> parts() {
            return Set.of(Encoder.class, Decoder.class);
        }
    }

    static final class DecoderAlone extends Some {
        @Override
        Set<Class<? extends Part>> parts() {
            return Set.of(Decoder.class, TokenGenerator.class);
        }
    }

    static final class Nothing extends Some {
        @Override
        Set<Class<? extends Part>> parts() {
            return Set.of();
        }
    }

    static final class WideLogits extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value generate(Graph graph, Value tokens, Value positions) {
                    Value logits = super.generate(graph, tokens, positions);
                    return graph.concat(2, logits, logits.slice(2, 0, 1));
                }
            };
        }
    }

    /** Its logits hardly depend on anything. */
    static final class Numb extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value project(Graph graph, Value hidden) {
                    return super.project(graph, hidden).mul(1e-4);
                }
            };
        }
    }

    static final class Stopping extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Encoded encode(Graph graph, Value tokens) {
                    return new Encoded(
                            graph.stopGradient(super.encode(graph, tokens).hidden()), tokens);
                }
            };
        }
    }

    /** Declares a parameter that nothing depends on. */
    static final class Idle extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value decode(Graph graph, Value tokens, Value prefix) {
                    graph.parameter("causal.bias", Initializer.zeros(), 6);
                    return super.decode(graph, tokens, prefix);
                }
            };
        }
    }

    static final class SeesPadding extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Encoded encode(Graph graph, Value tokens) {
                    // 1 everywhere, which is no padding
                    return new Encoded(super.encode(graph, tokens).hidden(), tokens.ne(-1));
                }
            };
        }
    }

    static final class GeneratorSeesPadding extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value generate(Graph graph, Value tokens, Value positions) {
                    Value text = tokens.toFloat().mean(1).reshape(-1, 1, 1);
                    return super.generate(graph, tokens, positions).mul(text.add(1));
                }
            };
        }
    }

    static final class SeesTheFuture extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value decode(Graph graph, Encoded encoded, Value tokens) {
                    Value everything = super.encode(graph, tokens).hidden();
                    return super.decode(graph, encoded, tokens).add(everything);
                }
            };
        }
    }

    static final class SeesAllAsPrefix extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value decode(Graph graph, Value tokens, Value prefix) {
                    return super.decode(graph, tokens, prefix == null ? null : tokens);
                }
            };
        }
    }

    /** Every token sees itself alone. */
    static final class Forgetful extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value decode(Graph graph, Value tokens, Value prefix) {
                    Value table = graph.parameter("causal.embedding.weight", Initializer.normal(1), 56, 6);
                    Value seen = super.decode(graph, tokens, prefix);
                    return prefix == null ? graph.embedding(table, tokens) : seen;
                }
            };
        }
    }

    static final class NoPrefix extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value decode(Graph graph, Value tokens, Value prefix) {
                    return super.decode(graph, tokens, null);
                }
            };
        }
    }

    static final class Deaf extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value decode(Graph graph, Encoded encoded, Value tokens) {
                    Encoded silence = new Encoded(encoded.hidden().mul(0), encoded.tokens());
                    return super.decode(graph, silence, tokens);
                }
            };
        }
    }

    /** Its encoder reads from left to right. */
    static final class OneSided extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Encoded encode(Graph graph, Value tokens) {
                    return new Encoded(super.decode(graph, tokens, null), tokens);
                }
            };
        }
    }

    /** Positions are learnt for as many places as the batch has. */
    static final class AsLongAsTheBatch extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value decode(Graph graph, Value tokens, Value prefix) {
                    Value positions = graph.parameter("positions.weight", Initializer.normal(1), tokens.size(1), 6);
                    return super.decode(graph, tokens, prefix).add(positions);
                }
            };
        }
    }

    /** Each instance has a name of its own for a parameter. */
    static final class Renaming extends ArchitectureContract {
        private static final AtomicInteger INSTANCES = new AtomicInteger();

        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            String name = "head." + INSTANCES.incrementAndGet() + ".weight";
            return new ChangedArchitecture(vocabulary) {
                @Override
                public Value project(Graph graph, Value hidden) {
                    return graph.linear(
                            hidden, graph.parameter(name, Initializer.normal(0.4), vocabulary.size(), hidden.size(-1)));
                }
            };
        }
    }
}
