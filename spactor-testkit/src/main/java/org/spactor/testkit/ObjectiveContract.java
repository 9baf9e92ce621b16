package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Part;
import org.spactor.api.component.Names;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.objective.Objective;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.reference.FiniteDifferences.Difference;

/** What every {@link Objective} has to fulfil: a test of one extends this class and says how to make it. */
public abstract class ObjectiveContract {
    private static final int EXAMPLES = 4;
    private static final int SEGMENT = 16;
    private static final int PADDING = 3;
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
        return Vocabulary.sample(40, 10, 56);
    }

    /**
     * Where no gradient may flow: by loss, beginnings of names of parameters that do not learn from it. Everything that is
     * built for a loss and not named here has to learn from it.
     */
    protected Map<String, Set<String>> stoppedGradients() {
        return Map.of();
    }

    /**
     * Whether the length of a feature means something, so that a batch that is filled up to a greater length has other
     * losses; then that padding counts nothing is not tested. False, unless a test says otherwise.
     */
    protected boolean lengthsMatter() {
        return false;
    }

    @Test
    protected final void lossesAreNamedOnceAndThoseOfValidationAreAmongThem() {
        Objective objective = objective(vocabulary());
        assertThat(objective.losses())
                .as("losses")
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(Names::isKebabCase, "lower case, words joined by hyphens");
        assertThat(objective.losses()).as("losses").containsAll(objective.validationLosses());
        assertThat(objective.validationLosses()).as("losses of validation").doesNotHaveDuplicates();
    }

    @Test
    protected final void theGraphHasTheActiveLossesAndNoOthers() {
        for (Set<String> active : subsets()) {
            assertThat(reference().declare(active, true).losses().keySet())
                    .as("losses in the graph of %s", active)
                    .isEqualTo(active);
        }
    }

    @Test
    protected final void itBuildsThePartsThatItSaysItNeedsAndNoOthers() {
        for (Set<String> active : subsets()) {
            Objective objective = objective(vocabulary());
            Set<Class<? extends Part>> needs = objective.needs(active);
            RecordedParts parts = new RecordedParts(architecture(vocabulary()), needs);

            assertThatCode(() -> new Reference(parts, objective, batch()).declare(active, true))
                    .as("building %s with nothing but the parts that needs() names, %s", active, needs)
                    .doesNotThrowAnyException();
            assertThat(parts.asked())
                    .as("parts built for %s, of those that needs() names", active)
                    .containsAll(needs);
        }
    }

    @Test
    protected final void everyGradientIsTheFiniteDifference() {
        for (Set<String> active : subsets()) {
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
        for (Set<String> active : subsets()) {
            reference().losses(active).forEach((loss, sumAndCount) -> {
                assertThat(sumAndCount[0]).as("sum of '%s'", loss).isFinite();
                assertThat(sumAndCount[1])
                        .as("count of '%s' on a batch of %d examples", loss, EXAMPLES)
                        .isFinite()
                        .isPositive();
            });
            ModelGraph graph = reference().declare(active, true);
            assertThatCode(() -> new PlanCompiler().counts(graph))
                    .as("counts of %s, which depend on features alone", active)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    protected final void paddingCountsNothing() {
        assumeFalse(lengthsMatter(), "lengthsMatter(): filled up to a greater length, batches have other losses");
        assumeSomeAreNotRandom();
        assertThat(batch().padded(PADDING).inputs())
                .as("the inputs of a batch with %d places more", PADDING)
                .allSatisfy((name, values) ->
                        assertThat(values).hasSizeGreaterThan(batch().inputs().get(name).length));
        for (Set<String> active : subsets()) {
            Map<String, double[]> tight = reference().losses(active);
            Map<String, double[]> padded = reference(batch().padded(PADDING)).losses(active);
            for (String loss : notRandom(active)) {
                assertThat(padded.get(loss))
                        .as("sum and count of '%s' with %d places more of padding", loss, PADDING)
                        .containsExactly(tight.get(loss), within(1e-9));
            }
        }
    }

    @Test
    protected final void aBatchsLossIsTheSumOfItsHalvesUnlessExamplesAreCompared() {
        assumeFalse(objective(vocabulary()).comparesExamples(), "comparesExamples(): examples depend on each other");
        assumeSomeAreNotRandom();
        for (Set<String> active : subsets()) {
            Map<String, double[]> whole = reference().losses(active);
            Map<String, double[]> first = reference(half(batch(), 0)).losses(active);
            Map<String, double[]> second = reference(half(batch(), 1)).losses(active);
            for (String loss : notRandom(active)) {
                assertThat(whole.get(loss))
                        .as("sum and count of '%s', those of the batch's halves; comparesExamples() is false", loss)
                        .containsExactly(sum(first.get(loss), second.get(loss)), within(1e-9));
            }
        }
    }

    /** Also holds where random numbers are drawn, since every example keeps its place. */
    @Test
    protected final void anExampleCountsTheSameBesideOthersUnlessExamplesAreCompared() {
        assumeFalse(objective(vocabulary()).comparesExamples(), "comparesExamples(): examples depend on each other");
        Batch other = batch(EXAMPLES);
        Map<String, double[]> mine = reference().losses(losses());
        Map<String, double[]> others = reference(other).losses(losses());
        Map<String, double[]> mineFirst =
                reference(half(batch(), 0).followedBy(half(other, 1))).losses(losses());
        Map<String, double[]> othersFirst =
                reference(half(other, 0).followedBy(half(batch(), 1))).losses(losses());
        for (String loss : losses()) {
            assertThat(sum(mineFirst.get(loss), othersFirst.get(loss)))
                    .as(
                            "sum and count of '%s' over two batches that exchange halves; comparesExamples() is false",
                            loss)
                    .containsExactly(sum(mine.get(loss), others.get(loss)), within(1e-9));
        }
    }

    private void assumeSomeAreNotRandom() {
        assumeTrue(
                subsets().stream().anyMatch(active -> !notRandom(active).isEmpty()),
                "every loss draws random numbers, which depend on an example's place and on the length of features");
    }

    /** Those of some losses that depend on no random numbers when they are active together. */
    private Set<String> notRandom(Set<String> active) {
        Set<String> losses = new LinkedHashSet<>(active);
        losses.removeIf(loss -> reference().drawsRandomNumbers(active, loss));
        return losses;
    }

    private boolean isStopped(Set<String> losses, String parameter) {
        return losses.stream()
                .flatMap(loss -> stoppedGradients().getOrDefault(loss, Set.of()).stream())
                .anyMatch(parameter::startsWith);
    }

    private Set<String> losses() {
        return new LinkedHashSet<>(objective(vocabulary()).losses());
    }

    private Reference reference() {
        return reference(batch());
    }

    private Reference reference(Batch batch) {
        return new Reference(architecture(vocabulary()), objective(vocabulary()), batch);
    }

    private Batch batch() {
        return batch(0);
    }

    private Batch batch(int first) {
        return Segments.batch(corruptors(vocabulary()), vocabulary(), EXAMPLES, SEGMENT, first);
    }

    private static Batch half(Batch batch, int half) {
        int size = batch.batchSize() / 2;
        return batch.slice(half * size, (half + 1) * size);
    }

    private static double[] sum(double[] left, double[] right) {
        return new double[] {left[0] + right[0], left[1] + right[1]};
    }

    /** Each loss alone, and all together. */
    private Set<Set<String>> subsets() {
        Set<Set<String>> subsets = new LinkedHashSet<>();
        losses().forEach(loss -> subsets.add(Set.of(loss)));
        subsets.add(losses());
        return subsets;
    }
}
