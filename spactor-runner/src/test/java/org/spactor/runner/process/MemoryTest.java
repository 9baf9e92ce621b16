package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The memory of a run is known before it starts and does not grow. */
class MemoryTest {
    private static final int EARLY = 1_000;
    private static final int LATE = 10_000;
    private static final double TOLERANCE = 0.05;

    @TempDir
    private Path folder;

    @Test
    void aModelThatCannotFitIsRefusedWithTheEstimateAndTheFolderIsFreeForAnother() throws Exception {
        String[] tooLarge = {
            "pretrain",
            "--out",
            "run",
            "--set",
            "architecture.options.d-model=65536",
            "--set",
            "architecture.options.d-ff=262144",
            "--set",
            "architecture.options.layers=100"
        };
        SpactorProcess.Outcome refused = SpactorProcess.run(folder, tooLarge);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .containsPattern(
                        "does not fit into memory: parameters, optimizer and gradients alone need \\d+\\.\\d GB")
                .contains("A smaller model")
                .doesNotContain("\tat ");
        SpactorProcess.Outcome smaller = SmallRun.pretrain(folder, "--steps", "2", "--out", "run");
        assertThat(smaller.exitCode()).as(smaller.output()).isZero();
    }

    @Test
    @Tag("long")
    @EnabledOnOs(OS.LINUX)
    void neitherHeapNorProcessGrowOverTenThousandSteps() throws Exception {
        Path run = folder.resolve("run");
        List<String> command = SpactorProcess.command(SmallRun.arguments(
                "--out",
                "run",
                "--steps",
                "" + (LATE + 500),
                "--set",
                "architecture.options.d-model=16",
                "--set",
                "architecture.options.d-ff=16",
                "--set",
                "curriculum.options.switch-step=500",
                "--set",
                "data.input-length=24",
                "--set",
                "training.batch-size=2",
                "--set",
                "training.replicas=1",
                "--set",
                "training.log-every=100",
                "--set",
                "training.validate-every=500",
                "--set",
                "training.checkpoint-every=500"));
        command.remove("-XX:TieredStopAtLevel=1"); // so many steps that optimised code pays
        SpactorProcess process = SpactorProcess.startCommand(folder, command);
        Usage early = usageAt(EARLY, process, run);
        Usage late = usageAt(LATE, process, run);
        SpactorProcess.Outcome outcome = process.await();

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat((double) late.resident())
                .as("resident memory, %s and then %s", early, late)
                .isLessThan((1 + TOLERANCE) * early.resident());
        // what is left of compiling may still be let go of later on
        assertThat((double) late.heap())
                .as("live objects, %s and then %s", early, late)
                .isLessThan((1 + TOLERANCE) * early.heap());
    }

    private static Usage usageAt(int step, SpactorProcess process, Path run) throws IOException, InterruptedException {
        assertThat(process.waitUntil(() -> SmallRun.lastStep(run) >= step)).isTrue();
        long heap = liveBytes(process.pid());
        return new Usage(residentBytes(process.pid()), heap);
    }

    /**
     * What a process takes.
     *
     * @param resident memory of the process, in bytes
     * @param heap memory of the Java objects that are in use, in bytes
     */
    private record Usage(long resident, long heap) {}

    private static long residentBytes(long pid) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
        String line = status.stream()
                .filter(text -> text.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
    }

    /** Has the process collect its garbage and count what is left. */
    private static long liveBytes(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(output).isZero();
        String total = output.lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        String[] words = total.trim().split("\\s+");
        return Long.parseLong(words[2]);
    }
}
