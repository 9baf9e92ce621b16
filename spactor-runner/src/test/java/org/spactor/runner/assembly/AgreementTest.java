package org.spactor.runner.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.runner.component.ComponentIdentity;
import org.spactor.runner.component.Origin;

class AgreementTest {
    @Test
    void whatBothHaveIsLearntInTheOrderOfTheObjective() {
        Agreement agreement = agree(objective("sc", "y", "z"), weighs(Set.of(), "z", "y", "sc"), new Network());

        assertThat(agreement.learnt()).containsExactly("sc", "y", "z");
        assertThat(agreement.curriculumProblems()).isEmpty();
        assertThat(agreement.architectureProblems()).isEmpty();
        assertThat(agreement.warnings()).isEmpty();
    }

    @Test
    void aLossThatIsNeverWeighedIsWarnedOf() {
        Agreement agreement = agree(objective("sc", "z"), weighs(Set.of(), "sc"), new Network());

        assertThat(agreement.curriculumProblems()).isEmpty();
        assertThat(agreement.warnings())
                .containsExactly("nothing is learnt of the loss 'z' of the objective 'o' [built-in]:"
                        + " the curriculum 'c' [built-in] weighs only 'sc'");
    }

    @Test
    void aLossThatTheObjectiveDoesNotHaveIsRefusedUnlessItIsOptional() {
        assertThat(agree(objective("sc"), weighs(Set.of(), "sc", "z"), new Network())
                        .curriculumProblems())
                .singleElement()
                .asString()
                .contains(
                        "the curriculum 'c' [built-in] weighs 'z', which the objective 'o' [built-in] does not have: it"
                                + " has 'sc'");
        assertThat(agree(objective("sc"), weighs(Set.of("z"), "sc", "z"), new Network())
                        .curriculumProblems())
                .isEmpty();
    }

    @Test
    void twoWithoutALossInCommonAreRefusedByName() {
        assertThat(agree(objective("lm"), weighs(Set.of("sc"), "sc"), new Network())
                        .curriculumProblems())
                .containsExactly(
                        "the curriculum 'c' [built-in] weighs 'sc', and the objective 'o' [built-in] has 'lm': they"
                                + " have no loss in common. The curriculum 'weighted' weighs any losses of any objective");
    }

    @Test
    void partsAreDemandedForWhatIsComputedAndForNothingElse() {
        Architecture withoutGenerator = new Network();

        assertThat(agree(objective("sc", "mlm"), weighs(Set.of(), "sc"), withoutGenerator)
                        .architectureProblems())
                .as("validates sc alone")
                .isEmpty();
        assertThat(agree(objective("sc", "mlm"), weighs(Set.of(), "sc", "mlm"), withoutGenerator)
                        .architectureProblems())
                .containsExactly(
                        "the architecture 'a' [built-in] has no TokenGenerator, which the objective 'o' [built-in]"
                                + " needs for 'sc', 'mlm'; it has Encoder, Decoder");
        assertThat(agree(objective("lm"), weighs(Set.of(), "lm"), withoutGenerator)
                        .architectureProblems())
                .singleElement()
                .asString()
                .contains("has no CausalDecoder");
    }

    private static Agreement agree(Objective objective, Curriculum curriculum, Architecture architecture) {
        return new Agreement(
                objective,
                new ComponentIdentity("objective", "o", Origin.builtIn()),
                curriculum,
                new ComponentIdentity("curriculum", "c", Origin.builtIn()),
                architecture,
                new ComponentIdentity("architecture", "a", Origin.builtIn()));
    }

    /** Validates its first loss alone; lm needs a causal decoder, mlm a generator, others encoder and decoder. */
    private static Objective objective(String... losses) {
        return new Objective() {
            @Override
            public List<String> losses() {
                return List.of(losses);
            }

            @Override
            public List<String> validationLosses() {
                return List.of(losses[0]);
            }

            @Override
            public Set<Class<? extends Part>> needs(Set<String> active) {
                if (active.contains("lm")) {
                    return Set.of(CausalDecoder.class);
                }
                return active.contains("mlm")
                        ? Set.of(Encoder.class, Decoder.class, TokenGenerator.class)
                        : Set.of(Encoder.class, Decoder.class);
            }

            @Override
            public void build(Graph graph, Architecture architecture, Set<String> active) {
                throw new UnsupportedOperationException("is not built here");
            }
        };
    }

    private static Curriculum weighs(Set<String> optional, String... losses) {
        return new Curriculum() {
            @Override
            public List<String> losses() {
                return List.of(losses);
            }

            @Override
            public Set<String> optionalLosses() {
                return optional;
            }

            @Override
            public StepPlan at(Progress progress) {
                return new StepPlan("only", Map.of(losses[0], 1.0));
            }
        };
    }

    private static final class Network implements Architecture, Encoder, Decoder {
        @Override
        public Encoded encode(Graph graph, Value tokens) {
            throw new UnsupportedOperationException("is not built here");
        }

        @Override
        public Value decode(Graph graph, Encoded encoded, Value tokens) {
            throw new UnsupportedOperationException("is not built here");
        }

        @Override
        public Value project(Graph graph, Value hidden) {
            throw new UnsupportedOperationException("is not built here");
        }
    }
}
