package org.spactor.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spactor.cuda.emulator.EmulatedCard;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.CompilingPlanner;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.saved.PlansKey;
import org.spactor.engine.saved.SavedPlans;
import org.spactor.engine.saved.SavedTraining;
import org.spactor.engine.saved.SmallModel;
import org.spactor.engine.saved.WithoutNd4j;

/** Plans are made on one machine and run on a card of another, which has no ND4J. */
class SavedPlansOnACardTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void trainingOnSavedPlansNeedsNoNd4jAndHasTheBitsOfTrainingOnCompiledOnes(Precision precision) throws Exception {
        CudaBackend card = EmulatedCard.open();
        CompilerSettings settings =
                new CompilerSettings(precision, Recompute.BLOCKS).fusingAttention(card.fusesAttention());
        CompilingPlanner planner = SmallModel.planner(settings);
        SavedPlans plans =
                SavedTraining.plans(new PlansKey(Map.of()), planner, SmallModel.parameters(), SmallModel.LOSSES);
        plans.save(folder);
        assertThat(plans.trainings().get(0).model().plan().instructions())
                .anyMatch(instruction -> instruction
                        .kind()
                        .equals(precision == Precision.BFLOAT16 ? Kinds.FUSED_ATTENTION : Kinds.ATTENTION));

        assertThat(WithoutNd4j.run(EmulatedTraining.class, folder))
                .isEqualTo(SavedTraining.run(planner, SmallModel.parameters(), SmallModel.LOSSES, card));
    }
}
