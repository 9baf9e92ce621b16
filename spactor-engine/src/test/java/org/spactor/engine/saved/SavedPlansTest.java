package org.spactor.engine.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.CompilingPlanner;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.plan.PlannedModel;
import org.spactor.engine.plan.PlannedTraining;
import org.spactor.engine.plan.Planner;
import org.spactor.engine.reference.ReferenceBackend;

class SavedPlansTest {
    private static final PlansKey KEY = new PlansKey(Map.of("spactor", "1", "precision", "float32"));
    private static final int REPLICA_BATCH = SavedTraining.BATCH / 4;

    @TempDir
    private Path temporary;

    @Test
    void trainingOnSavedPlansHasTheBitsOfTrainingOnCompiledOnes() throws IOException {
        SavedPlans loaded = SavedPlans.load(saved(), KEY);

        assertThat(train(loaded, loaded.parameters())).isEqualTo(trainCompiled());
    }

    @Test
    void trainingOnSavedPlansNeedsNoNd4j() throws Exception {
        assertThat(WithoutNd4j.run(SavedTraining.class, saved())).isEqualTo(trainCompiled());
    }

    @Test
    void everythingComesBackAsItWas() throws IOException {
        SavedPlans plans = plans();

        SavedPlans loaded = SavedPlans.load(saved(), KEY);

        assertThat(loaded.key()).isEqualTo(plans.key());
        assertThat(loaded.parameters()).usingRecursiveComparison().isEqualTo(plans.parameters());
        PlannedTraining training = plans.trainings().get(0);
        PlannedTraining loadedTraining = loaded.trainings().get(0);
        requireEqual(loadedTraining.model(), training.model());
        assertThat(PlanText.of(loadedTraining.counts())).isEqualTo(PlanText.of(training.counts()));
        assertThat(loadedTraining.accumulates()).isTrue();
        requireEqual(loaded.evaluations().get(0), plans.evaluations().get(0));
    }

    private static void requireEqual(PlannedModel loaded, PlannedModel model) {
        assertThat(PlanText.of(loaded.plan())).isEqualTo(PlanText.of(model.plan()));
        assertThat(loaded.features()).isEqualTo(model.features()).hasSize(3);
        assertThat(loaded.batchSize()).isEqualTo(model.batchSize());
        assertThat(List.copyOf(loaded.losses())).isEqualTo(List.copyOf(model.losses()));
        assertThat(List.copyOf(loaded.metrics())).isEqualTo(List.copyOf(model.metrics()));
    }

    @Test
    void whatWasNotSavedIsRefusedWithWhatWas() {
        SavedPlans plans = plans();

        assertThat(plans.training(SmallModel.LOSSES, REPLICA_BATCH, true))
                .isSameAs(plans.trainings().get(0));
        List<Runnable> others = List.of(
                () -> plans.training(Set.of("tokens"), REPLICA_BATCH, true),
                () -> plans.training(SmallModel.LOSSES, REPLICA_BATCH + 1, true),
                () -> plans.training(SmallModel.LOSSES, REPLICA_BATCH, false),
                () -> plans.evaluation(Set.of("tokens"), SavedTraining.BATCH / 2),
                () -> plans.evaluation(SmallModel.LOSSES, REPLICA_BATCH));
        for (Runnable other : others) {
            assertThatThrownBy(other::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("training [classes, tokens] on 2 examples a run, with accumulation")
                    .hasMessageContaining("evaluating [classes, tokens] on 4 examples a run");
        }
        assertThatThrownBy(() -> plans.training(Set.of("tokens"), 5, false))
                .hasMessageContaining(
                        "no plan was saved for training [tokens] on 5 examples a run, without accumulation");
    }

    @Test
    void plansOfAnotherKeyAreNotUsed() throws IOException {
        Path folder = saved();
        PlansKey other = new PlansKey(Map.of("spactor", "1", "precision", "bfloat16", "layers", "2"));

        assertThatThrownBy(() -> SavedPlans.load(folder, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("precision is float32 where bfloat16 is wanted")
                .hasMessageContaining("layers is none where 2 is wanted")
                .hasMessageNotContaining("spactor is");
    }

    @Test
    void planOfAnotherFolderIsNotTakenForThisOnes() throws IOException {
        Path folder = saved();
        Path other = temporary.resolve("other");
        SavedTraining.plans(KEY, planner(), SmallModel.parameters(), Set.of("tokens"))
                .save(other);
        Files.copy(
                other.resolve("training-0.json.gz"),
                folder.resolve("training-0.json.gz"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> SavedPlans.load(folder, KEY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("training-0.json.gz")
                .hasMessageContaining("SHA-256");
    }

    @Test
    void folderThatWasNotFinishedIsRefused() throws IOException {
        Path folder = saved();
        Files.delete(folder.resolve("plans.json"));

        assertThatThrownBy(() -> SavedPlans.load(folder, KEY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("no plans.json");
    }

    @Test
    void plansAreNotSavedWhereSomethingIs() throws IOException {
        Path folder = saved();

        assertThatThrownBy(() -> plans().save(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder + " is not empty");
    }

    /** What stands in {@code plans.json}, what is put in its place, and what the message says. */
    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\" : 1 | \"version\" : 7 | version 7 of the format",
                "\"normal\" | \"uniform\" | there is no initializer 'uniform'",
                "\"tokens\" : true | \"tokens\" : false | a feature cannot be no tokens",
                "\"labels\" : 3 | \"sentences\" : 3 | there is no domain 'sentences'",
                "\"labels\" : 3 | \"labels\" : 0 | at least 1 label",
                "\"batch-size\" : 2 | \"batch-size\" : 3 | do not fit each other",
                "\"length\" : 6 | \"length\" : 7 | do not fit each other",
                "\"shape\" : [ 16, 64 ] | \"shape\" : [ 16, 65 ] | reads the parameter 'table' of 1024 elements",
                "\"name\" : \"mix\" | \"name\" : \"mixed\" | the model has none of this name",
                "\"share.drawn\" | \"share.lost\" | a plan leaves no 'sum.share.lost'",
                "\"accumulates\" : true | \"accumulates\" : 1 | true or false was expected"
            })
    void whatIsWrongIsNamed(String sound, String wrong, String message) throws IOException {
        Path folder = saved();
        Path index = folder.resolve("plans.json");
        String text = Files.readString(index);
        assertThat(text).contains(sound);
        Files.write(index, text.replace(sound, wrong).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> SavedPlans.load(folder, KEY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(message);
    }

    @Test
    void plansWithoutTheirParametersAreNoPlans() {
        List<ParameterSpecification> some = new ArrayList<>(SmallModel.parameters());
        some.remove(0);

        assertThatThrownBy(() -> SavedTraining.plans(KEY, planner(), some, SmallModel.LOSSES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'table'");
    }

    private static CompilingPlanner planner() {
        return SmallModel.planner(CompilerSettings.STANDARD);
    }

    private static SavedPlans plans() {
        return SavedTraining.plans(KEY, planner(), SmallModel.parameters(), SmallModel.LOSSES);
    }

    private Path saved() throws IOException {
        Path folder = temporary.resolve("plans");
        plans().save(folder);
        return folder;
    }

    private static List<String> trainCompiled() {
        return train(planner(), SmallModel.parameters());
    }

    private static List<String> train(Planner planner, List<ParameterSpecification> parameters) {
        return SavedTraining.run(planner, parameters, SmallModel.LOSSES, new ReferenceBackend());
    }
}
