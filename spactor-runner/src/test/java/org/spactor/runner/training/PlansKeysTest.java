package org.spactor.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.saved.PlansKey;
import org.spactor.runner.RunnerModule;
import org.spactor.runner.assembly.Assembler;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.checkpoint.PluginVersion;
import org.spactor.runner.configuration.layer.Assignment;
import org.spactor.runner.configuration.layer.ConfigurationRequest;
import org.spactor.runner.configuration.problem.ValueOrigin;

class PlansKeysTest {
    private static final Vocabulary VOCABULARY = Vocabulary.sample(300);
    private static final FeatureLengths LENGTHS = FeatureLengths.ofSegment(20);

    @ParameterizedTest
    @CsvSource({
        "architecture.options.layers, 3",
        "architecture.options.dropout, 0.25",
        "training.batch-size, 64",
        "training.accumulation, 2",
        "training.replicas, 4",
        "training.precision, bfloat16",
        "training.recompute, blocks",
        "training.device, cuda"
    })
    void whatDecidesThePlansIsInTheKey(String key, String value) {
        assertThat(key().differences(key(key, value))).isNotEmpty().anyMatch(line -> line.startsWith(key + " is "));
    }

    @ParameterizedTest
    @CsvSource({
        "run.name, other",
        "run.seed, 3",
        "training.steps, 7",
        "training.checkpoint-every, 7",
        "training.clip-norm, 0.5",
        "schedule.options.warm-up, 7",
        "optimizer.name, adamw"
    })
    void whatDecidesNothingAboutPlansIsNot(String key, String value) {
        assertThat(key().differences(key(key, value))).isEmpty();
    }

    @Test
    void vocabularyIsInTheKeyWithAllItsPieces() {
        List<String> pieces = new ArrayList<>();
        for (int id = 0; id < VOCABULARY.pieces(); id++) {
            pieces.add(VOCABULARY.piece(id));
        }
        pieces.set(7, "other");
        Vocabulary other = Vocabulary.of(pieces, Vocabulary.SpecialIds.T5);

        assertThat(key().differences(key(assembly(), other, LENGTHS, List.of())))
                .hasSize(1);
        assertThat(key().differences(key(assembly(), Vocabulary.sample(300), LENGTHS, List.of())))
                .isEmpty();
    }

    @Test
    void lengthsOfFeaturesAreInTheKey() {
        FeatureLengths longer = FeatureLengths.ofSegment(21);
        FeatureLengths more = LENGTHS.with(Feature.labels("kinds", 2), 1);

        assertThat(key().differences(key(assembly(), VOCABULARY, longer, List.of())))
                .singleElement()
                .asString()
                .startsWith("features.inputs is ");
        assertThat(key().differences(key(assembly(), VOCABULARY, more, List.of())))
                .singleElement()
                .asString()
                .startsWith("features.kinds is none");
    }

    @Test
    void howPlansAreCompiledForADeviceIsInTheKey() {
        Assembly assembly = assembly();
        CompilerSettings fusing =
                assembly.configuration().training().compilerSettings().fusingAttention(true);
        PlansKey key = PlansKeys.of(assembly.configuration(), assembly.create(VOCABULARY), LENGTHS, fusing, List.of());

        assertThat(key().differences(key)).singleElement().asString().startsWith("compiler is ");
    }

    @Test
    void pluginsAreInTheKey() {
        List<PluginVersion> plugins = List.of(new PluginVersion("more", "1.0", "ab"));

        assertThat(key().differences(key(assembly(), VOCABULARY, LENGTHS, plugins)))
                .containsExactly("plugins.more is none where 1.0, SHA-256 ab is wanted");
    }

    private static PlansKey key(String... assignment) {
        return key(assembly(assignment), VOCABULARY, LENGTHS, List.of());
    }

    private static PlansKey key(
            Assembly assembly, Vocabulary vocabulary, FeatureLengths lengths, List<PluginVersion> plugins) {
        Components components = assembly.create(vocabulary);
        CompilerSettings compiler = assembly.configuration().training().compilerSettings();
        return PlansKeys.of(assembly.configuration(), components, lengths, compiler, plugins);
    }

    private static Assembly assembly(String... assignment) {
        List<Assignment> assignments = new ArrayList<>();
        if (assignment.length == 2) {
            assignments.add(text(assignment[0], assignment[1]));
        }
        return Guice.createInjector(new RunnerModule())
                .getInstance(Assembler.class)
                .assemble(new ConfigurationRequest(Optional.of("tiny"), Optional.empty(), assignments));
    }

    private static Assignment text(String key, String value) {
        return new Assignment.Text(key, value, ValueOrigin.commandLine("--set"));
    }
}
