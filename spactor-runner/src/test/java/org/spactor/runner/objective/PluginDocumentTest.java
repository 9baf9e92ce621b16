package org.spactor.runner.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.objectives.corruption.TokenMaskCorruptor;
import org.spactor.objectives.objective.SpanCorruptionObjective;

/** The tables of docs/plugins.md name everything there is, and nothing else. */
class PluginDocumentTest {
    private static final Path GUIDE = Path.of("../docs/plugins.md");
    private static final Pattern CALL = Pattern.compile("`(\\w+)(?:\\(|`)");

    @ParameterizedTest
    @ValueSource(classes = {Graph.class, Value.class})
    void everyOperationIsListed(Class<?> type) throws IOException {
        Set<String> methods = new TreeSet<>();
        for (Method method : type.getDeclaredMethods()) {
            if (!Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()) {
                methods.add(method.getName());
            }
        }
        String heading = "\nOf `" + type.getSimpleName() + "`";
        Set<String> listed = new TreeSet<>();
        for (List<String> row : table(heading)) {
            Matcher call = CALL.matcher(row.get(0));
            while (call.find()) {
                listed.add(call.group(1));
            }
        }
        assertThat(listed).isEqualTo(methods);
    }

    @Test
    void everyFeatureOfBuiltInCorruptorsIsListed() throws IOException {
        List<String> listed = new ArrayList<>();
        for (List<String> row : table("\nFeatures that built-in corruptors make")) {
            listed.add(row.get(0).replace("`", ""));
        }
        assertThat(listed)
                .containsExactly(
                        "feature",
                        Feature.INPUTS.name(),
                        Feature.TARGETS.name(),
                        TokenMaskCorruptor.MASKED_POSITIONS.name(),
                        TokenMaskCorruptor.MASKED_INPUTS.name());
    }

    @Test
    void everyLossAndMetricOfBuiltInObjectivesIsListed() throws IOException {
        List<List<String>> rows = table("\nLosses and metrics of built-in objectives");
        List<Objective> objectives = List.of(new SpanCorruptionObjective(), TinyHybrid.objective());
        assertThat(ServiceLoader.load(ObjectiveProvider.class).stream().count())
                .as("built-in objectives, of which each is a row")
                .isEqualTo(objectives.size());
        for (int i = 0; i < objectives.size(); i++) {
            List<String> row = rows.get(i + 1);
            Objective objective = objectives.get(i);
            assertThat(names(row.get(1))).containsExactlyElementsOf(objective.losses());
            assertThat(names(row.get(2))).containsExactlyElementsOf(objective.validationLosses());
            ModelGraph graph = new ModelGraph(
                    new FeatureLengths(Map.of(
                            Feature.INPUTS, 8,
                            Feature.TARGETS, 6,
                            TokenMaskCorruptor.MASKED_POSITIONS, 3,
                            TokenMaskCorruptor.MASKED_INPUTS, 8)),
                    TinyHybrid.VOCABULARY,
                    1,
                    true);
            objective.build(graph, TinyHybrid.version11(false), new TreeSet<>(objective.losses()));
            assertThat(names(row.get(3)))
                    .containsExactlyInAnyOrderElementsOf(graph.metrics().keySet());
        }
    }

    private static List<String> names(String cell) {
        return Stream.of(cell.split(","))
                .map(name -> name.replace("`", "").strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The cells of the first table behind a text; its heading is the first row. */
    private static List<List<String>> table(String text) throws IOException {
        String guide = Files.readString(GUIDE);
        int start = guide.indexOf(text);
        assertThat(start).as(text).isPositive();
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : guide.substring(start + 1).lines().toList()) {
            if (line.startsWith("|")) {
                inside = true;
                if (!line.startsWith("| ---")) {
                    String[] cells = line.substring(1).split("\\|");
                    rows.add(Stream.of(cells).map(String::strip).toList());
                }
            } else if (inside) {
                return rows;
            }
        }
        return rows;
    }
}
