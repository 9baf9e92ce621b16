package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.Quantity;
import org.spactor.api.optimizer.Update;

/** Each test of the contract fails for the optimizer that is wrong in its way, and none for one that is right. */
class OptimizerContractTest {
    private static final int TESTS = 7;

    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(NoRate.class, Set.of("itsLearningRateIsAbove0")),
            Arguments.of(Frozen.class, Set.of("aGradientMovesTheParameter", "aQuadraticGetsSmaller")),
            Arguments.of(MovesAtRateZero.class, Set.of("aLearningRateOf0MovesNothing")),
            Arguments.of(Climbing.class, Set.of("aQuadraticGetsSmaller")),
            Arguments.of(DividesByTheGradient.class, Set.of("aGradientOf0KeepsEverythingFinite")),
            Arguments.of(
                    RemembersDeclarations.class,
                    Set.of("itsDeclarationsDoNotDependOnThoseBefore", "whatItRemembersIsInItsSlots")),
            Arguments.of(
                    RemembersNames.class,
                    Set.of("itsDeclarationsDoNotDependOnThoseBefore", "whatItRemembersIsInItsSlots"))
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
        public void declare(Update update) {
            Quantity p = update.value();
            Quantity before = update.slot("momentum");
            Quantity m = before.times(0.9).plus(gradient(update));
            update.set(before, m);
            update.set(p, p.minus(m.times(rate(update))));
        }

        Quantity gradient(Update update) {
            return update.gradient();
        }

        Quantity rate(Update update) {
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

    static final class Frozen extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                Quantity rate(Update update) {
                    return update.number(0);
                }
            };
        }
    }

    static final class MovesAtRateZero extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                Quantity rate(Update update) {
                    return update.learningRate().maximum(1e-3);
                }
            };
        }
    }

    static final class Climbing extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                @Override
                Quantity rate(Update update) {
                    return update.learningRate().negated();
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
                Quantity gradient(Update update) {
                    Quantity norm = update.gradient().absolute();
                    return update.gradient().times(norm).dividedBy(norm);
                }
            };
        }
    }

    /** Its rate falls with every declaration. */
    static final class RemembersDeclarations extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                private double factor = 1;

                @Override
                Quantity rate(Update update) {
                    factor *= 0.999;
                    return super.rate(update).times(factor);
                }
            };
        }
    }

    /** A parameter that it has seen before goes half as fast. */
    static final class RemembersNames extends OptimizerContract {
        @Override
        protected Optimizer optimizer() {
            return new Momentum() {
                private final Map<String, Boolean> seen = new ConcurrentHashMap<>();

                @Override
                Quantity rate(Update update) {
                    boolean again = seen.put(update.parameter(), true) != null;
                    return super.rate(update).times(again ? 0.5 : 1);
                }
            };
        }
    }
}
