package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/plugins.md}, followed to the letter: its files are written and its commands run, in an empty folder. */
class PluginGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "plugins.md");
    private static final Path TEMPLATE = Path.of("..", "docs", "plugin-template");
    private static final Pattern FILE = Pattern.compile("; `([^`]+)`:\n\n```\\w*\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final int MOST_LINES = 40;

    @TempDir
    private Path folder;

    @Test
    @Tag("long")
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void itLeadsFromAnEmptyFolderToARun() throws Exception {
        String guide = Files.readString(GUIDE);
        Path work = Files.createDirectory(folder.resolve("work"));
        for (Map.Entry<String, String> file : files(guide).entrySet()) {
            Path path = work.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }

        SpactorProcess.Outcome outcome = run(work, String.join("", commands(guide)));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("token-deletion, corruptor [token-deletion 1.0.0, plugins/token-deletion.jar]")
                .contains("Call me Ishmael. Some years ago, never mind how long </s>")
                .doesNotContain("warning:");
        assertThat(work.resolve("runs/first/checkpoints/latest")).hasContent("step-00000050");
    }

    @Test
    void itsCorruptorIsShort() throws IOException {
        String source = files(Files.readString(GUIDE)).get("src/org/example/TokenDeletion.java");
        String type = source.substring(source.indexOf("public final class"));
        assertThat(type.lines().count()).isLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void theTemplateHasTheSamePlugin() throws IOException {
        Map<String, String> files = files(Files.readString(GUIDE));
        String services = "META-INF/services/org.spactor.api.corruption.CorruptorProvider";

        assertThat(TEMPLATE.resolve("src/main/java/org/example/TokenDeletion.java"))
                .hasContent(files.get("src/org/example/TokenDeletion.java"));
        assertThat(TEMPLATE.resolve("src/main/resources").resolve(services))
                .hasContent(files.get("resources/" + services));
    }

    private static Map<String, String> files(String guide) {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher matcher = FILE.matcher(guide);
        while (matcher.find()) {
            files.put(matcher.group(1), matcher.group(2));
        }
        assertThat(files).hasSize(3);
        return files;
    }

    private static List<String> commands(String guide) {
        List<String> commands = new ArrayList<>();
        Matcher matcher = COMMANDS.matcher(guide);
        while (matcher.find()) {
            commands.add(matcher.group(1));
        }
        assertThat(commands).hasSize(3);
        return commands;
    }

    /** Runs commands with a {@code $SPACTOR} that has what the guide uses, made of the classes under test. */
    private SpactorProcess.Outcome run(Path work, String commands) throws IOException, InterruptedException {
        Path spactor = folder.resolve("spactor");
        Path target = Files.createDirectories(spactor.resolve("spactor-runner/target"));
        Files.writeString(target.resolve("class-path"), System.getProperty("java.class.path"));
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path script = Files.writeString(
                spactor.resolve("spactor"),
                "#!/bin/sh\nexec '" + bin.resolve("java") + "' -Xmx1g -cp \"$(cat '" + target.resolve("class-path")
                        + "')\" org.spactor.runner.Main \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder("bash", "-euc", commands).redirectErrorStream(true);
        builder.directory(work.toFile());
        builder.environment().put("SPACTOR", spactor.toString());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().remove("OPENBLAS_CORETYPE");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new SpactorProcess.Outcome(process.waitFor(), output);
    }
}
