package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.objective.Objective;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.FiniteDifferences.Difference;

/** What every {@link Objective} has to fulfil: a test of one extends this class and says how to make it. */
public abstract class ObjectiveContract {
    private static final int EXAMPLES = 3;
    private static final int SEGMENT = 16;
    private static final double TOLERANCE = 1e-6;

    /** A new objective. */
    protected abstract Objective objective(Vocabulary vocabulary);

    /** The corruptors that make the features it reads; every fourth token behind a sentinel, unless a test says otherwise. */
    protected List<Corruptor> corruptors(Vocabulary vocabulary) {
        return List.of(new SentinelCorruptor(new EveryFourth(), vocabulary));
    }

    /** What it is built on. */
    protected Architecture architecture(Vocabulary vocabulary) {
        return new TinyArchitecture(vocabulary);
    }

    /** The vocabulary that it is tested with. Small, since finite differences are taken. */
    protected Vocabulary vocabulary() {
        return new Vocabulary(40, 10, 56);
    }

    /**
     * Where no gradient may flow: by loss, beginnings of names of parameters that do not learn from it. Everything that is
     * built for a loss and not named here has to learn from it.
     */
    protected Map<String, Set<String>> stoppedGradients() {
        return Map.of();
    }

    @Test
    protected final void itHasLossesAndThoseOfValidationAreAmongThem() {
        Objective objective = objective(vocabulary());
        assertThat(objective.losses()).isNotEmpty();
        assertThat(objective.losses()).containsAll(objective.validationLosses());
    }

    @Test
    protected final void theGraphHasTheActiveLossesAndNoOthers() {
        for (Set<String> active : subsets(objective(vocabulary()).losses())) {
            assertThat(reference().declare(active, true).losses().keySet())
                    .as("losses in the graph of %s", active)
                    .isEqualTo(active);
        }
    }

    @Test
    protected final void everyGradientIsTheFiniteDifference() {
        Objective objective = objective(vocabulary());
        for (Set<String> active : subsets(objective.losses())) {
            List<Difference> differences = reference().differences(active);
            // a finite difference sees through a stopped gradient
            differences.removeIf(difference -> isStopped(active, difference.parameter()));
            assertThat(differences)
                    .as("gradients of %s against finite differences in double precision", active)
                    .isNotEmpty()
                    .allSatisfy(difference -> assertThat(difference.error())
                            .as(difference.toString())
                            .isLessThan(TOLERANCE));
        }
    }

    @Test
    protected final void gradientsFlowWhereTheyAreDeclaredToAndNowhereElse() {
        for (String loss : objective(vocabulary()).losses()) {
            Map<String, double[]> gradients = reference().gradients(Set.of(loss));
            for (String parameter :
                    reference().declare(Set.of(loss), true).parameters().keySet()) {
                boolean isStopped = isStopped(Set.of(loss), parameter);
                double[] gradient = gradients.getOrDefault(parameter, new double[0]);
                assertThat(Arrays.stream(gradient).anyMatch(element -> element != 0))
                        .as(
                                "'%s' learns from '%s'; stoppedGradients() says %s",
                                parameter, loss, isStopped ? "it must not" : "nothing of it")
                        .isEqualTo(!isStopped);
            }
        }
    }

    @Test
    protected final void lossesAreFiniteAndCountTokensThatDependOnTheBatchAlone() {
        Set<String> all = objective(vocabulary()).losses();
        reference().losses(all).forEach((loss, sumAndCount) -> {
            assertThat(sumAndCount[0]).as("sum of '%s'", loss).isFinite();
            assertThat(sumAndCount[1]).as("count of '%s'", loss).isPositive();
        });
        ModelGraph graph = reference().declare(all, true);
        Plan counts = new PlanCompiler().counts(graph);
        assertThat(counts.buffers().stream()
                        .map(Buffer::storage)
                        .filter(storage -> storage instanceof Buffer.Storage.Parameter))
                .as("parameters that the counts of the losses depend on")
                .isEmpty();
    }

    @Test
    protected final void paddingCountsNothing() {
        Set<String> losses = objective(vocabulary()).validationLosses();
        Map<String, double[]> tight = reference().losses(losses);
        Map<String, double[]> padded = new Reference(
                        architecture(vocabulary()), objective(vocabulary()), batch().padded(padding()))
                .losses(losses);
        if (padding() > 0) {
            padded.forEach((loss, sumAndCount) -> assertThat(sumAndCount)
                    .as("sum and count of '%s' with %d places more of padding", loss, padding())
                    .containsExactly(tight.get(loss), within(1e-9)));
        }
    }

    /** Places of padding that must change nothing; 0 for an objective for which the length of a feature means something. */
    protected int padding() {
        return 3;
    }

    private boolean isStopped(Set<String> losses, String parameter) {
        return losses.stream()
                .flatMap(loss -> stoppedGradients().getOrDefault(loss, Set.of()).stream())
                .anyMatch(parameter::startsWith);
    }

    private Reference reference() {
        return new Reference(architecture(vocabulary()), objective(vocabulary()), batch());
    }

    private Batch batch() {
        List<Corruptor> corruptors = corruptors(vocabulary());
        return new Batch(
                Segments.batch(corruptors, vocabulary(), EXAMPLES, SEGMENT, 0), Segments.lengths(corruptors, SEGMENT));
    }

    /** Each loss alone, and all together. */
    private static Set<Set<String>> subsets(Set<String> losses) {
        Set<Set<String>> subsets = new LinkedHashSet<>();
        losses.forEach(loss -> subsets.add(Set.of(loss)));
        subsets.add(losses);
        return subsets;
    }
}
