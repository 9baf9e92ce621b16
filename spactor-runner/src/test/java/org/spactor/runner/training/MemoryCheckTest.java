package org.spactor.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.SentencePieceTokenizer;
import org.spactor.runner.RunnerModule;
import org.spactor.runner.assembly.Assembler;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.configuration.layer.Assignment;
import org.spactor.runner.configuration.layer.ConfigurationRequest;
import org.spactor.runner.configuration.problem.ValueOrigin;
import org.spactor.runner.device.Room;
import org.spactor.runner.environment.MachineMemory;

/** The preset {@code tiny} on machines of different sizes. */
class MemoryCheckTest {
    private static final long MB = 1_000_000;

    private final Assembly tiny = Guice.createInjector(new RunnerModule())
            .getInstance(Assembler.class)
            .assemble(new ConfigurationRequest(
                    Optional.of("tiny"),
                    Optional.empty(),
                    List.of(new Assignment.Text("training.replicas", "2", ValueOrigin.commandLine("--set")))));
    private final Vocabulary vocabulary = SentencePieceTokenizer.bundled().vocabulary();

    @Test
    void whatFitsIsLetThrough() {
        assertThatCode(() -> check(2_000 * MB, 500 * MB)).doesNotThrowAnyException();
    }

    @Test
    void activationsCountToo() {
        // parameters, Adam's means and two replicas' gradients are 62 MB; the whole step is more
        assertThatThrownBy(() -> check(150 * MB, 50 * MB))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("stage 'hybrid' needs about 0.")
                .hasMessageContaining("with 2 replicas, but there are 0.1 GB for arrays");
    }

    @Test
    void aModelThatIsFarTooLargeIsRefusedWithoutAPlan() {
        assertThatThrownBy(() -> check(30 * MB, 10 * MB))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("parameters, optimizer and gradients alone need 0.1 GB");
    }

    @Test
    void theHeapCountsForNoMoreThanHalfOfASmallMachine() {
        assertThat(new MachineMemory(1_000, 900).forArrays()).isEqualTo(500);
        assertThat(new MachineMemory(1_000, 300).forArrays()).isEqualTo(700);
    }

    private void check(long total, long heap) {
        MemoryCheck.require(tiny.configuration(), tiny.create(vocabulary), Room.on(new MachineMemory(total, heap)));
    }
}
