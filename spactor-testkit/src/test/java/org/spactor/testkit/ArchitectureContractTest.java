package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;

/** Each test of the contract fails for the architecture that is wrong in its way, and none for one that is right. */
class ArchitectureContractTest {
    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(Numb.class, "itLearnsOneSmallBatchByHeart"),
            Arguments.of(Stopping.class, "everyGradientIsTheFiniteDifference"),
            Arguments.of(Stopping.class, "everyParameterLearns"),
            Arguments.of(SeesPadding.class, "paddingChangesNothing"),
            Arguments.of(SeesTheFuture.class, "theDecoderDoesNotSeeTokensThatAreStillToCome"),
            Arguments.of(Deaf.class, "theDecoderSeesTheEncodedInputs"),
            Arguments.of(Wide.class, "hiddenStatesAreAsWideAsItSays"),
            Arguments.of(Renaming.class, "aCheckpointBringsItBackBitForBit")
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongArchitectureFails(Class<?> contract, String test) {
        assertThat(Outcome.of(contract).failed()).containsKey(test);
    }

    @Test
    void aRightOneFulfilsAll() {
        Outcome outcome = Outcome.of(Right.class);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(8);
    }

    static final class Right extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new TinyArchitecture(vocabulary);
        }
    }

    /** Its logits hardly depend on anything. */
    static final class Numb extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(new TinyArchitecture(vocabulary)) {
                @Override
                public SDVariable project(Graph graph, SDVariable hidden) {
                    return graph.scale(super.project(graph, hidden), 1e-4);
                }
            };
        }
    }

    static final class Stopping extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(new TinyArchitecture(vocabulary)) {
                @Override
                public Encoded encode(Graph graph, SDVariable tokens) {
                    return new Encoded(
                            graph.stopGradient(super.encode(graph, tokens).hidden()), tokens);
                }
            };
        }
    }

    static final class SeesPadding extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(new TinyArchitecture(vocabulary)) {
                @Override
                public Encoded encode(Graph graph, SDVariable tokens) {
                    return new Encoded(super.encode(graph, tokens).hidden(), null);
                }
            };
        }
    }

    static final class SeesTheFuture extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(new TinyArchitecture(vocabulary)) {
                @Override
                public SDVariable decode(Graph graph, Encoded encoded, SDVariable tokens) {
                    SDVariable everything = super.encode(graph, tokens).hidden();
                    return super.decode(graph, encoded, tokens).add(everything);
                }
            };
        }
    }

    static final class Deaf extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(new TinyArchitecture(vocabulary)) {
                @Override
                public SDVariable decode(Graph graph, Encoded encoded, SDVariable tokens) {
                    Encoded silence = new Encoded(graph.scale(encoded.hidden(), 0), encoded.tokens());
                    return super.decode(graph, silence, tokens);
                }
            };
        }
    }

    static final class Wide extends ArchitectureContract {
        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return new ChangedArchitecture(new TinyArchitecture(vocabulary)) {
                @Override
                public int width() {
                    return super.width() + 1;
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
            return new ChangedArchitecture(new TinyArchitecture(vocabulary)) {
                @Override
                public SDVariable project(Graph graph, SDVariable hidden) {
                    return graph.linear(
                            hidden, graph.parameter(name, Initializer.normal(0.4), vocabulary.size(), width()));
                }
            };
        }
    }
}
