package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;

/** Each test of the contract fails for the curriculum that is wrong in its way, and none for one that is right. */
class CurriculumContractTest {
    private static final int TESTS = 8;

    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(ForAnotherObjective.class, Set.of("itsLossesAreThoseOfTheObjectiveOrOptional")),
            Arguments.of(OptionalWithoutALoss.class, Set.of("itsLossesAreThoseOfTheObjectiveOrOptional")),
            Arguments.of(WatchesOthers.class, Set.of("itWatchesValidationLossesThatThereAre")),
            Arguments.of(LooksInSecret.class, Set.of("itLooksAtNoValidationLossButThoseThatItWatches")),
            Arguments.of(Idle.class, Set.of("everyStepOfARunHasAStageAndSomethingToLearn")),
            Arguments.of(Undeclared.class, Set.of("onlyLossesThatItDeclaresAreWeighed")),
            Arguments.of(PromisesTooMuch.class, Set.of("everyLossThatItDeclaresIsLearntInSomeRun")),
            Arguments.of(
                    Counting.class,
                    Set.of(
                            "thePlanIsAFunctionOfProgressAlone",
                            "aRunThatIsResumedAtAnyStepHasTheSamePlans",
                            "itLooksAtNoValidationLossButThoseThatItWatches")),
            Arguments.of(RemembersTheFirstStep.class, Set.of("aRunThatIsResumedAtAnyStepHasTheSamePlans"))
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongCurriculumFails(Class<?> contract, Set<String> tests) {
        assertThat(Outcome.of(contract).failed().keySet()).isEqualTo(tests);
    }

    @Test
    void aLossWithoutANameFails() {
        assertThat(Outcome.of(Nameless.class).failed()).containsKey("itsLossesAreThoseOfTheObjectiveOrOptional");
    }

    @Test
    void aPlanThatCannotBeMadeFails() {
        assertThat(Outcome.of(Infinite.class).failed()).containsKey("everyStepOfARunHasAStageAndSomethingToLearn");
    }

    @ParameterizedTest
    @ValueSource(classes = {Right.class, WatchesHybrid.class, Optionally.class, SaysWhatIsNeverWeighed.class})
    void aRightOneFulfilsAll(Class<?> contract) {
        Outcome outcome = Outcome.of(contract);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(TESTS);
    }

    /** A curriculum of some losses, and what it does with them. */
    private record Made(List<String> losses, Set<String> optionalLosses, Set<String> watches, Planner planner)
            implements Curriculum {
        @Override
        public StepPlan at(Progress progress) {
            return planner.plan(progress);
        }
    }

    private interface Planner {
        StepPlan plan(Progress progress);
    }

    private abstract static class ForTwoLosses extends CurriculumContract {
        @Override
        protected final List<String> losses() {
            return List.of("sc", "z");
        }

        @Override
        protected final List<String> validationLosses() {
            return List.of("sc");
        }

        @Override
        protected final Curriculum curriculum(CurriculumContext context) {
            return made();
        }

        abstract Made made();

        static Made of(List<String> losses, Planner planner) {
            return new Made(losses, Set.of(), Set.of(), planner);
        }

        static StepPlan span() {
            return new StepPlan("span", Map.of("sc", 1.0));
        }

        /** The first loss of the last validation. */
        static StepPlan byLast(Progress progress, String loss) {
            Map<String, Double> last = progress.validations()
                    .get(progress.validations().size() - 1)
                    .losses();
            return new StepPlan("adaptive", Map.of("sc", last.getOrDefault(loss, 1.0)));
        }
    }

    static final class Right extends ForTwoLosses {
        @Override
        Made made() {
            return of(
                    List.of("sc", "z"),
                    progress -> new StepPlan("falling", Map.of("sc", 2 - progress.fraction(), "z", 0.1)));
        }
    }

    static final class WatchesHybrid extends ForTwoLosses {
        @Override
        Made made() {
            return new Made(List.of("sc"), Set.of(), Set.of("hybrid.z"), progress -> byLast(progress, "hybrid.z"));
        }
    }

    static final class Optionally extends ForTwoLosses {
        @Override
        Made made() {
            return new Made(
                    List.of("sc", "rtd"),
                    Set.of("rtd"),
                    Set.of(),
                    progress -> new StepPlan("both", Map.of("sc", 1.0, "rtd", 1.0)));
        }
    }

    static final class SaysWhatIsNeverWeighed extends ForTwoLosses {
        @Override
        Made made() {
            return of(List.of("sc", "z"), progress -> span());
        }

        @Override
        protected Set<String> neverWeighed() {
            return Set.of("z");
        }
    }

    static final class Nameless extends ForTwoLosses {
        @Override
        Made made() {
            return new Made(
                    List.of("sc", "Z loss"),
                    Set.of("Z loss"),
                    Set.of(),
                    progress -> new StepPlan("both", Map.of("sc", 1.0, "Z loss", 1.0)));
        }
    }

    static final class ForAnotherObjective extends ForTwoLosses {
        @Override
        Made made() {
            return of(List.of("sc", "rtd"), progress -> new StepPlan("both", Map.of("sc", 1.0, "rtd", 1.0)));
        }
    }

    static final class OptionalWithoutALoss extends ForTwoLosses {
        @Override
        Made made() {
            return new Made(List.of("sc"), Set.of("mlm"), Set.of(), progress -> span());
        }
    }

    static final class WatchesOthers extends ForTwoLosses {
        @Override
        Made made() {
            return new Made(List.of("sc"), Set.of(), Set.of("z"), progress -> span());
        }
    }

    static final class LooksInSecret extends ForTwoLosses {
        @Override
        Made made() {
            return of(List.of("sc"), progress -> byLast(progress, "sc"));
        }
    }

    static final class Idle extends ForTwoLosses {
        @Override
        Made made() {
            return of(
                    List.of("sc"),
                    progress -> new StepPlan("falling", Map.of("sc", Math.max(0, 0.9 - progress.fraction()))));
        }
    }

    static final class Infinite extends ForTwoLosses {
        @Override
        Made made() {
            return of(List.of("sc"), progress -> new StepPlan("rising", Map.of("sc", 1.0 / progress.step())));
        }
    }

    static final class Undeclared extends ForTwoLosses {
        @Override
        Made made() {
            return of(List.of("sc"), progress -> new StepPlan("misspelt", Map.of("sc", 1.0, "spanc", 1.0)));
        }
    }

    static final class PromisesTooMuch extends ForTwoLosses {
        @Override
        Made made() {
            return of(List.of("sc", "z"), progress -> span());
        }
    }

    static final class Counting extends ForTwoLosses {
        @Override
        Made made() {
            AtomicLong calls = new AtomicLong();
            return of(List.of("sc"), progress -> new StepPlan("counted", Map.of("sc", 1.0 + calls.getAndIncrement())));
        }
    }

    /** Its weights depend on the step that it was asked for first. */
    static final class RemembersTheFirstStep extends ForTwoLosses {
        @Override
        Made made() {
            AtomicLong first = new AtomicLong(-1);
            return of(List.of("sc"), progress -> {
                first.compareAndSet(-1, progress.step());
                return new StepPlan("since", Map.of("sc", 1.0 + first.get()));
            });
        }
    }
}
