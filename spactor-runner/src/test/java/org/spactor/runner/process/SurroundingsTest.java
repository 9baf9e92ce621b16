package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in the hands of other programs: shells with another encoding, terminals that hang up, plugins that give up. */
@Tag("long")
@EnabledOnOs({OS.LINUX, OS.MAC})
class SurroundingsTest {
    @TempDir
    private static Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void theOrderOfFilesDoesNotDependOnTheLocale() throws Exception {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        int number = 0;
        for (String name : List.of("z", "\u00fc", "\u00e9", "\u00f6", "A", "\u4e2d", "\u00e4")) {
            String text = "The ship number " + number++ + " sailed over the wide and stormy sea. ";
            Files.writeString(texts.resolve(name + ".txt"), text.repeat(60), StandardCharsets.UTF_8);
        }
        for (String locale : List.of("C", "C.UTF-8")) {
            SpactorProcess.Outcome outcome =
                    inLocale(locale, SmallRun.arguments("--data", "texts", "--steps", "1", "--out", "in-" + locale));
            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        }

        assertThat(sha256("in-C")).isEqualTo(sha256("in-C.UTF-8"));
    }

    @Test
    void whoeverLetsARunIgnoreItsTerminalIsObeyed() throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "-c", "trap '' HUP; exec \"$@\"", "bash"));
        command.addAll(SpactorProcess.command(
                SmallRun.arguments("--steps", "30", "--out", "nohup", "--set", "training.log-every=1")));
        SpactorProcess process = SpactorProcess.startCommand(folder, command);
        assertThat(process.waitUntil(() -> SmallRun.lastStep(folder.resolve("nohup")) >= 1))
                .isTrue();
        process.signal("HUP");
        SpactorProcess.Outcome outcome = process.await();

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("done in");
    }

    @ParameterizedTest
    @CsvSource({"System.exit(0), System", "Runtime.getRuntime().exit(0), Runtime"})
    void aPluginThatEndsTheProcessIsNoSuccess(String call, String name) throws Exception {
        JarBuilder.corruptor("exiting", "exiting", "if (true) " + call + ";")
                .build(folder.resolve("exiting-" + name).resolve("exiting.jar"));
        SpactorProcess.Outcome outcome = SmallRun.pretrain(
                folder,
                "--steps",
                "1",
                "--out",
                "exited-" + name,
                "--plugins",
                "exiting-" + name,
                "--set",
                "corruptors=[{name: exiting}, {name: span}, {name: token-mask}]");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output()).contains("ended by org.example.Provider.create, which called System.exit");
    }

    private static SpactorProcess.Outcome inLocale(String locale, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "LC_ALL=" + locale));
        command.addAll(SpactorProcess.command(arguments));
        return SpactorProcess.startCommand(folder, command).await();
    }

    private static String sha256(String run) throws Exception {
        return SmallRun.json(folder.resolve(run).resolve("checkpoints/step-00000001/manifest.json"))
                .at("/data/sha256")
                .asText();
    }
}
