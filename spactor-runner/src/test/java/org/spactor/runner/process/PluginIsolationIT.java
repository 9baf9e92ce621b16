package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A plugin with another version of a library that Spactor uses itself, beside the example. */
@EnabledIfSystemProperty(named = TestJars.FOLDER, matches = ".+", disabledReason = "the jars are made by `verify`")
class PluginIsolationIT {
    private static final String OLD = System.getProperty("commons-lang3.old.version");

    @TempDir
    private Path folder;

    @BeforeEach
    void buildPlugins() throws IOException {
        TestJars.exampleInto(folder.resolve("plugins"));
        Path library = TestJars.copy("commons-lang3-old.jar", folder.resolve("plugins/clash/commons-lang3.jar"));
        JarBuilder.plugin("clash")
                .against(library)
                .source("org.example.Clash", """
                        package org.example;

                        import java.util.random.RandomGenerator;
                        import org.apache.commons.lang3.ArrayUtils;
                        import org.spactor.api.corruption.*;
                        import org.spactor.api.vocabulary.*;

                        public final class Clash implements CorruptorProvider<Clash.Options> {
                            public record Options() {}
                            public String name() { return "clash"; }
                            public String summary() {
                                return "commons-lang3 " + ArrayUtils.class.getPackage().getImplementationVersion()
                                        + ", picocli " + sees("picocli.CommandLine")
                                        + ", engine " + sees("org.spactor.engine.plan.Plan")
                                        + ", example " + sees("org.spactor.example.Ul2Corruptor")
                                        + ", slf4j " + sees("org.slf4j.Logger")
                                        + ", nd4j " + sees("org.nd4j.linalg.factory.Nd4j");
                            }
                            public Class<Options> optionsType() { return Options.class; }
                            public Corruptor create(Options options, org.spactor.api.component.ComponentContext context) {
                                return new Corruptor() {
                                    public FeatureLengths lengths(FeatureLengths lengths) { return lengths; }
                                    public Example corrupt(Example example, RandomGenerator random) {
                                        int[] tokens = example.get(Feature.INPUTS);
                                        ArrayUtils.reverse(tokens);
                                        return example.with(Feature.INPUTS, tokens);
                                    }
                                };
                            }
                            private static boolean sees(String name) {
                                try {
                                    Class.forName(name, false, Clash.class.getClassLoader());
                                    return true;
                                } catch (ClassNotFoundException e) {
                                    return false;
                                }
                            }
                        }
                        """)
                .service("org.spactor.api.corruption.CorruptorProvider", "org.example.Clash")
                .build(folder.resolve("plugins/clash/clash.jar"));
    }

    @Test
    void aPluginSeesItsOwnLibrariesAndOfTheHostNoMoreThanTheApi() throws Exception {
        assertThat(StringUtils.class.getPackage().getImplementationVersion())
                .isNotNull()
                .isNotEqualTo(OLD);

        SpactorProcess.Outcome outcome = SpactorProcess.run(folder, "describe", "corruptor", "clash");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output().replaceAll("\\s+", " "))
                .contains("clash, corruptor [clash 1.2.3, plugins/clash]")
                .contains("commons-lang3 " + OLD + ", picocli false, engine false, example false, slf4j true,"
                        + " nd4j false.");
    }

    @Test
    void pluginsWithDifferentLibrariesWorkTogether() throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(
                folder,
                "--steps",
                "5",
                "--out",
                "run",
                "--set",
                "corruptors=[{name: clash}, {name: ul2}, {name: token-mask}]");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(SmallRun.metrics(folder.resolve("run"), "train")).isNotEmpty();
    }
}
