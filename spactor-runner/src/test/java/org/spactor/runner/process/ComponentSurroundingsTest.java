package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is around a component at work: its own services, and a name for the jar it comes from. */
class ComponentSurroundingsTest {
    private static final String CORRUPTORS = "org.spactor.api.corruption.CorruptorProvider";

    @TempDir
    private Path folder;

    @Test
    void aPluginFindsServicesOfItsOwnByTheContextClassLoader() throws Exception {
        JarBuilder.corruptor(
                        "finder",
                        "finder",
                        "if (java.util.ServiceLoader.load(Words.class).findFirst().isEmpty()) {"
                                + " throw new IllegalStateException(\"no words\"); }")
                .source("org.example.Words", "package org.example; public interface Words {}")
                .source("org.example.English", "package org.example; public class English implements Words {}")
                .service("org.example.Words", "org.example.English")
                .build(folder.resolve("plugins/finder.jar"));

        SpactorProcess.Outcome outcome = SpactorProcess.run(
                folder, "preview", "--set", "corruptors=[{name: finder}]", "--text", "The whale swam");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("The whale swam");
    }

    @Test
    void aProviderOnTheClassPathIsNoBuiltInOneAndACheckpointKnowsItsHash() throws Exception {
        Path jar = JarBuilder.corruptor("any", "unchanging", "").build(folder.resolve("library.jar"));

        SpactorProcess.Outcome listed = run(jar, "plugins");
        assertThat(listed.output().lines())
                .anyMatch(line -> line.matches("corruptor +unchanging +class path +\\S*library.jar"));

        String[] arguments = SmallRun.arguments(
                "--steps",
                "2",
                "--out",
                "run",
                "--set",
                "corruptors=[{name: unchanging}, {name: span}, {name: token-mask}]");
        SpactorProcess.Outcome trained = run(jar, arguments);
        assertThat(trained.exitCode()).as(trained.output()).isZero();
        JsonNode plugins = SmallRun.json(folder.resolve("run/checkpoints/step-00000002/manifest.json"))
                .findValue("plugins");
        assertThat(plugins.toString())
                .contains("class-path/library.jar")
                .contains(MoreFiles.asByteSource(jar).hash(Hashing.sha256()).toString());
    }

    @Test
    void previewNamesTheComponentThatFails() throws Exception {
        JarBuilder.plugin("thrower")
                .source("org.example.Provider", """
                        package org.example;
                        import java.util.random.RandomGenerator;
                        import org.spactor.api.component.*;
                        import org.spactor.api.corruption.*;
                        import org.spactor.api.vocabulary.*;
                        public final class Provider implements CorruptorProvider<Provider.Options> {
                            public record Options() {}
                            public String name() { return "thrower"; }
                            public String summary() { return "Throws"; }
                            public Class<Options> optionsType() { return Options.class; }
                            public Corruptor create(Options options, ComponentContext context) {
                                return new SentinelCorruptor(
                                        (segment, random) -> { throw new IllegalStateException("boom"); },
                                        context.vocabulary());
                            }
                        }
                        """)
                .service(CORRUPTORS, "org.example.Provider")
                .build(folder.resolve("plugins/thrower.jar"));

        SpactorProcess.Outcome outcome =
                SpactorProcess.run(folder, "preview", "--set", "corruptors=[{name: thrower}]", "--text", "The whale");

        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(1);
        assertThat(outcome.output())
                .contains(
                        "the corruptor 'thrower' [thrower 1.2.3, plugins/thrower.jar] failed in corrupt() of example 0:"
                                + " IllegalStateException: boom (at org.example.Provider.");
    }

    private SpactorProcess.Outcome run(Path jar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(SpactorProcess.command(arguments));
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, command.get(classPath) + File.pathSeparator + jar);
        return SpactorProcess.startCommand(folder, command).await();
    }
}
