package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.runner.RunnerModule;
import picocli.CommandLine;

/**
 * Whatever a plugin's component does wrong while it is at work ends the run with a message that names the component, its
 * plugin and its jar: here each of a table of components, from a real jar, in a run as small as can be.
 */
class BrokenComponentsTest {
    private static final Map<String, String> PROVIDERS = Map.of(
            "corruptor", "org.spactor.api.corruption.CorruptorProvider",
            "curriculum", "org.spactor.api.curriculum.CurriculumProvider",
            "objective", "org.spactor.api.objective.ObjectiveProvider",
            "architecture", "org.spactor.api.architecture.ArchitectureProvider",
            "optimizer", "org.spactor.api.optimizer.OptimizerProvider",
            "schedule", "org.spactor.api.schedule.ScheduleProvider");

    private static final String[] SETTINGS = {
        "architecture.options.d-model=8",
        "architecture.options.d-ff=8",
        "architecture.options.d-kv=4",
        "architecture.options.heads=2",
        "architecture.options.layers=1",
        "data.input-length=16",
        "data.validation.batches=1",
        "training.batch-size=2",
        "training.replicas=1",
        "training.non-finite-limit=1",
        "training.validate-every=1"
    };

    @TempDir
    private static Path folder;

    @BeforeAll
    static void pack() throws IOException {
        JarBuilder jar = JarBuilder.plugin("broken").source("org.example.Broken", source());
        for (Map.Entry<String, String> kind : PROVIDERS.entrySet()) {
            String classes = BrokenComponents.all().stream()
                    .filter(component -> component.kind().equals(kind.getKey()))
                    .map(component -> "org.example.Broken$" + component.className())
                    .collect(Collectors.joining("\n"));
            jar.service(kind.getValue(), classes);
        }
        jar.build(folder.resolve("plugins/broken.jar"));
        Files.writeString(folder.resolve("text.txt"), "The whale swam away from the ship at night. ".repeat(200));
    }

    static List<BrokenComponent> components() {
        return BrokenComponents.all();
    }

    @Test
    void thereAreManyOfThemOfEveryKind() {
        assertThat(components()).hasSizeGreaterThanOrEqualTo(120).doesNotHaveDuplicates();
        assertThat(components().stream().map(BrokenComponent::kind).distinct()).hasSize(PROVIDERS.size());
    }

    @ParameterizedTest
    @MethodSource("components")
    void aBrokenComponentIsNamedWithItsJarAndWhatItDid(BrokenComponent component) {
        StringWriter output = new StringWriter();

        int exitCode = run(component, output);

        assertThat(exitCode).as(output.toString()).isIn(1, 2);
        assertThat(output.toString())
                .contains("the " + component.kind() + " '" + component.name() + "' [broken 1.2.3, "
                        + folder.resolve("plugins/broken.jar") + "]")
                .contains(component.says())
                .doesNotContain("unexpected failure", "\tat ");
    }

    private static int run(BrokenComponent component, StringWriter output) {
        List<String> arguments = new ArrayList<>(List.of("pretrain", "--steps", "3"));
        arguments.addAll(List.of(
                "--out",
                folder.resolve("runs/" + component.kind() + "-" + component.name())
                        .toString()));
        arguments.addAll(List.of("--data", folder.resolve("text.txt").toString()));
        arguments.addAll(List.of("--plugins", folder.resolve("plugins").toString()));
        for (String setting : SETTINGS) {
            boolean ofAnother = component.kind().equals("architecture") && setting.startsWith("architecture.");
            if (!ofAnother) {
                arguments.addAll(List.of("--set", setting));
            }
        }
        // a name without the options of the preset's choice
        String key = component.kind().equals("corruptor") ? "corruptors[0]" : component.kind();
        arguments.addAll(List.of("--set", key + ".name=" + component.name()));
        if (!component.kind().equals("objective")) {
            arguments.addAll(List.of("--set", "objective.name=span-corruption"));
        }
        if (!component.kind().equals("curriculum")) {
            arguments.addAll(List.of("--set", "curriculum.name=weighted"));
        }
        CommandLine commandLine = Guice.createInjector(new RunnerModule()).getInstance(CommandLine.class);
        PrintWriter writer = new PrintWriter(output, true);
        return commandLine.setOut(writer).setErr(writer).execute(arguments.toArray(String[]::new));
    }

    private static String source() {
        StringBuilder source = new StringBuilder("""
                package org.example;

                import java.util.*;
                import java.util.random.RandomGenerator;
                import org.spactor.api.architecture.*;
                import org.spactor.api.component.*;
                import org.spactor.api.corruption.*;
                import org.spactor.api.vocabulary.*;
                import org.spactor.api.curriculum.*;
                import org.spactor.api.graph.*;
                import org.spactor.api.objective.*;
                import org.spactor.api.optimizer.*;
                import org.spactor.api.schedule.*;

                public final class Broken {
                    public record None() {}

                    static Value kept;

                    static <E extends Throwable> RuntimeException sneak(Throwable failure) throws E {
                        throw (E) failure;
                    }

                    static class Denoise implements Objective {
                        public List<String> losses() { return List.of("sc"); }
                        public Set<Class<? extends Part>> needs(Set<String> active) { return Set.of(Encoder.class, Decoder.class); }
                        public void build(Graph g, Architecture architecture, Set<String> active) {
                            Value targets = g.feature(Feature.TARGETS);
                            Encoder.Encoded encoded = architecture.require(Encoder.class).encode(g, g.feature(Feature.INPUTS));
                            Decoder decoder = architecture.require(Decoder.class);
                            Value logits = decoder.project(g, decoder.decode(g, encoded, g.shiftRight(targets, 0)));
                            add(g, architecture, active, logits, targets, g.crossEntropy(logits, targets, 0));
                        }
                        public void add(Graph g, Architecture architecture, Set<String> active, Value logits, Value targets, TokenSum ce) {
                            g.loss("sc", ce);
                        }
                        static int[] filled(Value like, int number) {
                            int[] numbers = new int[(int) (like.size(0) * like.size(1))];
                            Arrays.fill(numbers, number);
                            return numbers;
                        }
                        static Value filled(Graph g, Value like, int number) {
                            return g.constant(filled(like, number), like.shape());
                        }
                    }

                    static class Network implements Architecture, Encoder, Decoder {
                        Value embed(Graph g, Value tokens) {
                            return g.embedding(g.parameter("table", Initializer.normal(1), g.vocabulary().size(), 4), tokens);
                        }
                        public Encoded encode(Graph g, Value tokens) { return new Encoded(embed(g, tokens), tokens); }
                        public Value decode(Graph g, Encoded encoded, Value tokens) {
                            return embed(g, tokens).add(g.attention(Attention.of(embed(g, tokens), encoded.hidden(), encoded.hidden(), 1)));
                        }
                        public Value project(Graph g, Value hidden) {
                            return g.linear(hidden, g.parameter("out", Initializer.normal(1), g.vocabulary().size(), 4));
                        }
                    }

                    static class Descent implements Optimizer {
                        public double learningRate() { return 0.1; }
                        public void declare(Update u) {
                            u.set(u.value(), u.value().minus(u.gradient().times(u.learningRate())));
                        }
                    }
                """);
        for (BrokenComponent component : BrokenComponents.all()) {
            String product = component.kind().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                    + component.kind().substring(1);
            String context = component.kind().equals("curriculum") ? "CurriculumContext" : "ComponentContext";
            source.append("""
                        public static final class %s implements %sProvider<None> {
                            public String name() { return "%s"; }
                            public String summary() { return "Is broken"; }
                            public Class<None> optionsType() { return None.class; }
                            public %s create(None options, %s context) { %s }
                        }
                    """.formatted(
                            component.className(), product, component.name(), product, context, component.source()));
        }
        return source.append("}\n").toString();
    }
}
