package org.spactor.runner.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real jars that cannot be used: the run stops before anything else happens, names the jar and says what to do. */
class BrokenPluginsTest {
    private static final String CORRUPTORS = "org.spactor.api.corruption.CorruptorProvider";

    @TempDir
    private Path folder;

    @Test
    void everythingThatIsWrongWithPluginsIsToldAtOnceWithTheJarAndTheRemedy() throws Exception {
        Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(folder.resolve("plugins/a-truncated.jar"), "PK not really");
        JarBuilder.library().build(folder.resolve("plugins/b-library.jar"));
        JarBuilder.corruptor("newer", "newer", "")
                .manifest("Spactor-Api", "7.1")
                .build(folder.resolve("plugins/c-newer.jar"));
        JarBuilder.corruptor("Old_One", "older", "")
                .manifest("Spactor-Api", "latest")
                .build(folder.resolve("plugins/d-misnamed.jar"));
        JarBuilder.corruptor("greedy", "greedy", "")
                .source("org.slf4j.Logger", "package org.slf4j; public interface Logger {}")
                .entry("META-INF/versions/11/org/spactor/api/component/Option.class", new byte[] {1})
                .build(folder.resolve("plugins/e-greedy.jar"));
        JarBuilder.corruptor("pointing", "pointing", "")
                .manifest("Class-Path", "lib/commons.jar")
                .build(folder.resolve("plugins/f-pointing.jar"));
        JarBuilder.plugin("idle").build(folder.resolve("plugins/g-idle.jar"));
        JarBuilder.corruptor("misspelt", "misspelt", "")
                .service("org.spactor.api.corruption.CoruptorProvider", "org.example.Provider")
                .service("org.spactor.api.tokenizer.TokenizerProvider", "org.example.Provider")
                .build(folder.resolve("plugins/h-misspelt.jar"));
        Files.createDirectories(folder.resolve("plugins/i-empty"));
        JarBuilder.corruptor("first", "first", "").build(folder.resolve("plugins/j-two/first.jar"));
        JarBuilder.corruptor("second", "second", "").build(folder.resolve("plugins/j-two/second.jar"));
        JarBuilder.library().build(folder.resolve("plugins/k-none/one.jar"));
        JarBuilder.library().build(folder.resolve("plugins/k-none/two.jar"));
        JarBuilder.corruptor("twin", "twin", "").build(folder.resolve("plugins/l-twin.jar"));
        JarBuilder.corruptor("twin", "twin-too", "").build(folder.resolve("plugins/m-twin.jar"));
        JarBuilder.corruptor("directory", "reserved", "").build(folder.resolve("plugins/n-reserved.jar"));
        JarBuilder.corruptor("indexed", "indexed", "")
                .entry("META-INF/INDEX.LIST", "JarIndex-Version: 1.0\n\nlater.jar\norg/other\n".getBytes(UTF_8))
                .build(folder.resolve("plugins/o-indexed.jar"));

        String output = fails();

        assertThat(output.lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("16 problems with plugins"),
                        line -> assertThat(line)
                                .startsWith("  plugins/a-truncated.jar: not a readable jar (")
                                .endsWith("). Copy it again, or remove it"),
                        line -> assertThat(line)
                                .startsWith("  plugins/b-library.jar: its manifest has no Plugin-Id and no"
                                        + " Plugin-Version and no Spactor-Api. If it is a plugin, build it with them;"),
                        line -> assertThat(line)
                                .isEqualTo("  plugins/c-newer.jar: built for version 7.1 of the plugin API, and this"
                                        + " Spactor has 0.2. Build it against 0.2, or run it with a Spactor that has"
                                        + " 7.1"),
                        line -> assertThat(line)
                                .startsWith("  plugins/d-misnamed.jar: its Plugin-Id 'Old_One' is not lower case"),
                        line -> assertThat(line)
                                .isEqualTo("  plugins/d-misnamed.jar: its Spactor-Api 'latest' is not a version such"
                                        + " as 0.2"),
                        line -> assertThat(line)
                                .startsWith("  plugins/e-greedy.jar: contains classes of org.slf4j, org.spactor.api,"
                                        + " which Spactor lends (")
                                .endsWith("). Give those dependencies the scope 'provided' and build it again"),
                        line -> assertThat(line)
                                .startsWith(
                                        "  plugins/f-pointing.jar: its manifest has a Class-Path (lib/commons.jar)"),
                        line -> assertThat(line).startsWith("  plugins/g-idle.jar: lists no component. A jar lists"),
                        line -> assertThat(line)
                                .isEqualTo("  plugins/h-misspelt.jar: META-INF/services/"
                                        + "org.spactor.api.corruption.CoruptorProvider: plugins cannot provide this."
                                        + " Did you mean '" + CORRUPTORS + "'?"),
                        line -> assertThat(line)
                                .startsWith("  plugins/h-misspelt.jar: META-INF/services/"
                                        + "org.spactor.api.tokenizer.TokenizerProvider: plugins cannot provide this."),
                        line -> assertThat(line)
                                .isEqualTo("  plugins/i-empty: holds no jar. Put the plugin's jars right into it, or"
                                        + " remove it"),
                        line -> assertThat(line)
                                .isEqualTo("  plugins/j-two: holds 2 plugins: first.jar, second.jar. Give each a"
                                        + " folder of its own"),
                        line -> assertThat(line)
                                .startsWith("  plugins/k-none: none of its jars says in its manifest which plugin it"),
                        line -> assertThat(line)
                                .isEqualTo("  plugins/m-twin.jar: has the Plugin-Id 'twin', as plugins/l-twin.jar has"
                                        + " (versions 1.2.3 and 1.2.3). Remove one of them"),
                        line -> assertThat(line)
                                .isEqualTo("  plugins/n-reserved.jar: its Plugin-Id 'directory' means something else to"
                                        + " Spactor. Give it another one"),
                        line -> assertThat(line)
                                .startsWith("  plugins/o-indexed.jar: has a META-INF/INDEX.LIST, by which classes would"
                                        + " be loaded from jars that are not the plugin's."));
    }

    @Test
    void noClassIsLoadedOfAPluginForAnotherApi() throws Exception {
        JarBuilder.corruptor("loud", "loud", "")
                .source("org.example.Loud", """
                        package org.example;
                        public class Loud {
                            static { System.out.println("Loud is loaded"); }
                            public Loud() {}
                        }
                        """)
                .service(CORRUPTORS, "org.example.Loud")
                .manifest("Spactor-Api", "0.1")
                .build(folder.resolve("plugins/loud.jar"));
        assertThat(fails()).contains("built for version 0.1").doesNotContain("Loud is loaded");

        JarBuilder.corruptor("loud", "loud", "")
                .source("org.example.Loud", """
                        package org.example;
                        public class Loud {
                            static { System.out.println("Loud is loaded"); }
                            public Loud() {}
                        }
                        """)
                .service(CORRUPTORS, "org.example.Loud")
                .build(folder.resolve("plugins/loud.jar"));
        // not silently either if its version fits: it is no CorruptorProvider
        assertThat(fails()).contains("plugins/loud.jar", "org.example.Loud not a subtype");
    }

    @Test
    void aNameThatIsTakenIsRefusedWithBothPlaces() throws Exception {
        JarBuilder.corruptor("other", "span", "").build(folder.resolve("plugins/other.jar"));

        assertThat(fails())
                .contains("1 problem with components", "two corruptors are called 'span'", "[built-in]")
                .contains("org.example.Provider [other 1.2.3, plugins/other.jar]")
                .contains("Names are unique: remove one of the plugins, or have it renamed");
    }

    @Test
    void aProviderThatThrowsIsNamedWithWhatItThrew() throws Exception {
        JarBuilder.plugin("thrower")
                .source("org.example.Provider", """
                        package org.example;
                        import org.spactor.api.corruption.*;
                        import org.spactor.api.vocabulary.*;
                        public final class Provider implements CorruptorProvider<Provider.Options> {
                            public record Options() {}
                            public Provider() { throw new IllegalStateException("no licence"); }
                            public String name() { return "thrower"; }
                            public String summary() { return "Throws"; }
                            public Class<Options> optionsType() { return Options.class; }
                            public Corruptor create(Options options, org.spactor.api.component.ComponentContext context) { return null; }
                        }
                        """)
                .service(CORRUPTORS, "org.example.Provider")
                .build(folder.resolve("plugins/thrower.jar"));

        assertThat(fails())
                .contains("the corruptor provider org.example.Provider [thrower 1.2.3, plugins/thrower.jar] cannot be"
                        + " used: IllegalStateException: no licence. Remove plugins/thrower.jar, or get a"
                        + " version of it that works");
    }

    @Test
    void aFactoryThatThrowsIsNamedWithWhatItThrew() throws Exception {
        JarBuilder.corruptor(
                        "thrower", "thrower", "if (context != null) { throw new IllegalStateException(\"broken\"); }")
                .build(folder.resolve("plugins/thrower.jar"));

        assertThat(fails("--set", "corruptors[0].name=thrower"))
                .contains("the corruptor 'thrower' [thrower 1.2.3, plugins/thrower.jar] failed in create():"
                        + " IllegalStateException: broken (at org.example.Provider.create(Provider.java:");
    }

    @Test
    void aClassThatIsMissingIsNamed() throws Exception {
        Path library = JarBuilder.library()
                .source("org.library.Base", "package org.library; public class Base {}")
                .build(folder.resolve("library.jar"));
        JarBuilder.plugin("half")
                .against(library)
                .source("org.example.Half", """
                        package org.example;
                        public class Half {
                            private final org.library.Base base = new org.library.Base();
                            public Half() {}
                        }
                        """)
                .source("org.example.Provider", """
                        package org.example;
                        import org.spactor.api.corruption.*;
                        import org.spactor.api.vocabulary.*;
                        public final class Provider implements CorruptorProvider<Provider.Options> {
                            public record Options() {}
                            private final Half half = new Half();
                            public String name() { return "half"; }
                            public String summary() { return "Lacks a library"; }
                            public Class<Options> optionsType() { return Options.class; }
                            public Corruptor create(Options options, org.spactor.api.component.ComponentContext context) { return null; }
                        }
                        """)
                .service(CORRUPTORS, "org.example.Provider")
                .build(folder.resolve("plugins/half.jar"));

        assertThat(fails())
                .contains("it needs the class org.library.Base, which is not in the plugin, and which plugins do not"
                        + " get from Spactor");
    }

    @Test
    void aProviderThatIsListedAndNotThereIsNamed() throws Exception {
        JarBuilder.plugin("absent")
                .service(CORRUPTORS, "org.example.Absent")
                .build(folder.resolve("plugins/absent.jar"));

        assertThat(fails())
                .contains("[absent 1.2.3, plugins/absent.jar]")
                .contains("Provider org.example.Absent not found. Remove plugins/absent.jar");
    }

    @Test
    void whatLooksLikeAPluginAndIsNotCalledSoIsTold() throws Exception {
        JarBuilder.corruptor("upper", "upper", "").build(folder.resolve("plugins/upper.JAR"));
        JarBuilder.corruptor("zipped", "zipped", "").build(folder.resolve("plugins/folder/zipped.zip"));
        Files.writeString(folder.resolve("plugins/readme.txt"), "plugins of ours");

        assertThat(fails())
                .contains("plugins/upper.JAR: plugins are called NAME.jar, in lower case. Rename it, or take it away")
                .contains("plugins/folder/zipped.zip: plugins are called NAME.jar")
                .doesNotContain("readme");
    }

    @Test
    void aServiceFileThatListsNothingIsTold() throws Exception {
        JarBuilder.corruptor("blank", "blank", "")
                .service("org.spactor.api.curriculum.CurriculumProvider", "# none yet\n\n")
                .build(folder.resolve("plugins/blank.jar"));

        assertThat(fails())
                .contains("plugins/blank.jar: META-INF/services/org.spactor.api.curriculum.CurriculumProvider: lists no"
                        + " class. Write the providers' names into it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "built-in", "class-path", "spactor"})
    void anIdThatMeansSomethingElseIsRefused(String id) throws Exception {
        JarBuilder.corruptor(id, "harmless", "").build(folder.resolve("plugins/harmless.jar"));

        assertThat(fails()).contains("its Plugin-Id '" + id + "' means something else to Spactor");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public abstract class | | it is abstract",
                "public final class | private Provider() {} | it has no public no-argument constructor",
                "public final class | public Provider(int x) {} | it has no public no-argument constructor",
                "public final class | static int x = Integer.parseInt(\"x\"); | a static initialiser failed:"
                        + " NumberFormatException: For input string"
            })
    void aProviderThatCannotBeMadeIsToldWhy(String type, String member, String reason) throws Exception {
        JarBuilder.plugin("stuck")
                .source("org.example.Provider", """
                        package org.example;
                        import org.spactor.api.corruption.*;
                        import org.spactor.api.vocabulary.*;
                        %s Provider implements CorruptorProvider<Provider.Options> {
                            public record Options() {}
                            %s
                            public String name() { return "stuck"; }
                            public String summary() { return "Cannot be made"; }
                            public Class<Options> optionsType() { return Options.class; }
                            public Corruptor create(Options options, org.spactor.api.component.ComponentContext context) {
                                return null;
                            }
                        }
                        """.formatted(type, member == null ? "" : member))
                .service(CORRUPTORS, "org.example.Provider")
                .build(folder.resolve("plugins/stuck.jar"));

        assertThat(fails()).contains("org.example.Provider", "plugins/stuck.jar", reason);
    }

    @Test
    void aFolderOfPluginsThatIsAskedForHasToBeThere() throws Exception {
        assertThat(fails("--plugins", "plugs"))
                .contains("plugins.directory: 'plugs' is not a folder. Give the folder that holds the jars");
    }

    private String fails(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("pretrain", "--out", "run"));
        all.addAll(List.of(arguments));
        SpactorProcess.Outcome outcome = SpactorProcess.run(folder, all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.output()).isEqualTo(2);
        assertThat(outcome.output()).doesNotContain("\tat ");
        return outcome.output();
    }
}
