package org.spactor.runner.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.runner.component.ComponentException;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.ComponentRegistryFactory;
import org.spactor.runner.component.TestComponents;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.configuration.layer.Assignment;
import org.spactor.runner.configuration.layer.ConfigurationRequest;
import org.spactor.runner.configuration.layer.TestLayers;
import org.spactor.runner.configuration.problem.ConfigurationException;
import org.spactor.runner.configuration.problem.ValueOrigin;

class AssemblerTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(1000);

    private static final Watchdog WATCHDOG = new Watchdog(Watchdog.PATIENCE, message -> {});

    @TempDir
    private Path folder;

    @Test
    void makesTheComponentsThatTheConfigurationNames() {
        Components components = assemble("corruptors[0].options.noise-density=0.2", "architecture.options.heads=8")
                .create(VOCABULARY);

        assertThat(components.architecture().require(TestComponents.Known.class).options())
                .isEqualTo(new TestComponents.T5.T5Options(64, 8));
        assertThat(components.corruptors().steps(new int[] {3, 4}, 0, "test", 0))
                .as("the example behind each corruptor")
                .hasSize(2);
        assertThat(components.objective().losses()).containsExactly("only");
        assertThat(components.learnt()).containsExactly("only");
        assertThat(components.curriculum().at(new Progress(0, 1, List.of())).stage())
                .isEqualTo("only");
        assertThat(components.optimizer().learningRate()).isEqualTo(0.5);
        assertThat(components.schedule().factor(3, 10)).isEqualTo(1);
    }

    @Test
    void reportsAllOptionsThatFactoriesRefuseAtTheirKeys() {
        Assembly assembly = assemble("architecture.options.d-model=30", "corruptors[0].options.mean-span-length=200");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> assembly.create(VOCABULARY))
                .withMessage("2 problems in " + folder.resolve("run.yaml") + "\n"
                        + "  architecture.options.heads: 4 does not divide 30\n"
                        + "  corruptors[0].options.mean-span-length: 200.0 is too long  (--set)");
    }

    @Test
    void namesTheComponentWhoseFactoryFails() {
        Assembly assembly = assemble("corruptors[1].name=sentence-shuffle");

        assertThatExceptionOfType(ComponentException.class)
                .isThrownBy(() -> assembly.create(VOCABULARY))
                .withMessageStartingWith("the corruptor 'sentence-shuffle' [built-in] failed in create():"
                        + " ArithmeticException: by zero");
    }

    @Test
    void findsPluginsWhereTheConfigurationSays() {
        List<String> directories = new ArrayList<>();
        ComponentRegistryFactory registries = new ComponentRegistryFactory(
                ComponentKinds.ALL,
                Set.of(settings -> {
                    directories.add(settings.directory());
                    return List.of(TestComponents.builtIn("standard"));
                }),
                Set.of());
        new Assembler(TestLayers.loader(), registries, WATCHDOG).assemble(request("plugins.directory=elsewhere"));

        assertThat(directories).containsExactly("elsewhere");
    }

    private Assembly assemble(String... assignments) {
        ComponentRegistryFactory registries = new ComponentRegistryFactory(
                ComponentKinds.ALL,
                Set.of(settings -> List.of(TestComponents.builtIn("standard"), TestComponents.builtIn("shuffle"))),
                Set.of());
        return new Assembler(TestLayers.loader(), registries, WATCHDOG).assemble(request(assignments));
    }

    private ConfigurationRequest request(String... assignments) {
        List<Assignment> all = new ArrayList<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            all.add(Assignment.parse(
                    assignment.substring(0, equals),
                    assignment.substring(equals + 1),
                    ValueOrigin.commandLine("--set")));
        }
        Path file = folder.resolve("run.yaml");
        try {
            Files.writeString(file, "training: {steps: 1}");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new ConfigurationRequest(Optional.empty(), Optional.of(file), all);
    }
}
