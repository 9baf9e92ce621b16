package org.spactor.runner.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write checkpoints and are killed while they do. */
@Tag("long")
class CheckpointKillTest {
    private static final int KILLS = 100;

    @TempDir
    private Path folder;

    @Test
    void aProcessThatIsKilledWhileItWritesLeavesWholeCheckpointsAlone() throws Exception {
        Random random = new Random(100);
        CheckpointStore store = new CheckpointStore(folder);
        Path written = folder.resolve("written");
        Set<Long> steps = new HashSet<>();
        long last = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Files.deleteIfExists(written);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CheckpointWriter.class.getName(),
                            folder.toString())
                    .inheritIO()
                    .start();
            while (!Files.exists(written)) {
                assertThat(process.isAlive()).as("it could not go on").isTrue();
                Thread.sleep(1);
            }
            // it does nothing else than write, so any moment is in the middle of a checkpoint
            Thread.sleep(0, random.nextInt(1_000_000));
            Thread.sleep(random.nextInt(12));
            process.destroyForcibly();
            assertThat(process.waitFor()).isEqualTo(128 + 9);

            Path newest = store.newest().orElseThrow();
            long step = CheckpointWriter.check(store.read(newest));
            assertThat(step).isGreaterThan(last);
            assertThat(folder.resolve(Files.readString(folder.resolve("latest")).strip()))
                    .isDirectory();
            last = step;
            steps.add(step);
        }

        assertThat(steps).hasSize(KILLS);
        // those that are kept for good are all there, however often the process was killed
        for (long step = 10; step < last; step += 10) {
            CheckpointWriter.check(store.read(folder.resolve(String.format("step-%08d", step))));
        }
    }
}
