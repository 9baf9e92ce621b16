package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.ParameterUpdate;

/** Each test of the contract fails for the optimizer that is wrong in its way, and none for one that is right. */
class OptimizerContractTest {
    private static final int TESTS = 10;

    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(NoRate.class, Set.of("itsLearningRateIsAbove0")),
            Arguments.of(EmptySlot.class, Set.of("itsSlotsHaveShapes")),
            Arguments.of(ChangesTheShape.class, Set.of("itsSlotsHaveShapes")),
            Arguments.of(ChangesTheGradient.class, Set.of("aGradientMovesTheParameterAndStaysAsItIs")),
            Arguments.of(MovesAtRateZero.class, Set.of("aLearningRateOf0MovesNothing")),
            Arguments.of(Climbing.class, Set.of("aQuadraticGetsSmaller")),
            Arguments.of(DividesByTheGradient.class, Set.of("aGradientOf0KeepsEverythingFinite")),
            Arguments.of(IgnoresTheScale.class, Set.of("theGradientIsMultipliedByItsScale")),
            Arguments.of(
                    RemembersUpdates.class,
                    Set.of(
                            "anUpdateDependsOnWhatItIsGivenAlone",
                            "whatItRemembersIsInItsSlots",
                            "tensorsAreUpdatedSideBySide")),
            Arguments.of(RemembersByName.class, Set.of("whatItRemembersIsInItsSlots")),
            Arguments.of(SharesItsScratch.class, Set.of("tensorsAreUpdatedSideBySide"))
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongOptimizerFails(Class<?> contract, Set<String> tests) {
        assertThat(Outcome.of(contract).failed().keySet()).isEqualTo(tests);
    }

    @ParameterizedTest
    @ValueSource(classes = {Right.class, Adam.class})
    void aRightOneFulfilsAll(Class<?> contract) {
        Outcome outcome = Outcome.of(contract);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(TESTS);
    }

    /** Gradient descent with momentum, to change something about. */
    private static class Momentum implements Optimizer {
        @Override
        public double learningRate() {
            return 0.01;
        }

        @Override
        public Map<String, long[]> slots(long[] shape) {
            return Map.of("momentum", shape);
        }

        @Override
        public void update(ParameterUpdate update) {
            FloatBuffer p = update.parameter();
            FloatBuffer m = update.slot("momentum");
            for (int i = 0; i < p.limit(); i++) {
                m.put(i, (float) (0.9 * m.get(i) + gradient(update, i)));
                p.put(i, p.get(i) - (float) (rate(update) * m.get(i)));
            }
        }

        double gradient(ParameterUpdate update, int i) {
            return update.gradient().get(i) * update.gradientScale();
        }

        double rate(ParameterUpdate update) {
            return update.learningRate();
        }
    }

    static final class Right extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum();
        }
    }

    static final class Adam extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return Training.adam();
        }
    }

    static final class NoRate extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                public double learningRate() {
                    return 0;
                }
            };
        }
    }

    static final class EmptySlot extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                public Map<String, long[]> slots(long[] shape) {
                    return Map.of("momentum", shape, "nothing", new long[] {0});
                }
            };
        }
    }

    static final class ChangesTheShape extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                public Map<String, long[]> slots(long[] shape) {
                    Map<String, long[]> slots = super.slots(shape.clone());
                    shape[0]++;
                    return slots;
                }
            };
        }
    }

    static final class ChangesTheGradient extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                public void update(ParameterUpdate update) {
                    super.update(update);
                    update.gradient().put(0, 7);
                }
            };
        }
    }

    static final class MovesAtRateZero extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                double rate(ParameterUpdate update) {
                    return Math.max(update.learningRate(), 1e-3);
                }
            };
        }
    }

    static final class Climbing extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                double rate(ParameterUpdate update) {
                    return -update.learningRate();
                }
            };
        }
    }

    /** By its own length, without anything added. */
    static final class DividesByTheGradient extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                double gradient(ParameterUpdate update, int i) {
                    double gradient = super.gradient(update, i);
                    double norm = Math.sqrt(gradient * gradient);
                    return gradient * norm / norm;
                }
            };
        }
    }

    static final class IgnoresTheScale extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                double gradient(ParameterUpdate update, int i) {
                    return update.gradient().get(i);
                }
            };
        }
    }

    /** Its rate falls with every update. */
    static final class RemembersUpdates extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                private double factor = 1;

                @Override
                public synchronized void update(ParameterUpdate update) {
                    super.update(update);
                    factor *= 0.999;
                }

                @Override
                double rate(ParameterUpdate update) {
                    return factor * super.rate(update);
                }
            };
        }
    }

    /** Counts steps for each parameter, from the first one on. */
    static final class RemembersByName extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                private final Map<String, Long> first = new ConcurrentHashMap<>();

                @Override
                double rate(ParameterUpdate update) {
                    long since = update.step() - first.merge(update.name(), update.step(), Math::min);
                    return super.rate(update) * (since < 3 ? 1 : 0.5);
                }
            };
        }
    }

    /** Keeps the gradient in a field while it works on it. */
    static final class SharesItsScratch extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                private final double[] scratch = new double[1000];

                @Override
                public void update(ParameterUpdate update) {
                    for (int i = 0; i < update.gradient().limit(); i++) {
                        scratch[i] = super.gradient(update, i);
                    }
                    Thread.yield();
                    super.update(update);
                }

                @Override
                double gradient(ParameterUpdate update, int i) {
                    return scratch[i];
                }
            };
        }
    }
}
