package org.spactor.runner.configuration.layer;

import com.google.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.configuration2.CombinedConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.spactor.runner.configuration.problem.Problems;
import org.spactor.runner.configuration.problem.Suggestions;
import org.spactor.runner.configuration.problem.ValueOrigin;
import org.spactor.runner.environment.IoReason;

/**
 * Reads the layers of a configuration and combines them, later ones over earlier ones: built-in defaults, preset, file,
 * command line. What they hold is checked later.
 */
public final class ConfigurationLoader {
    private static final String DEFAULTS = "defaults.yaml";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Presets presets;
    private final Clock clock;

    /** A loader that names runs after the time, unless they are given a name. */
    @Inject
    public ConfigurationLoader(Presets presets, Clock clock) {
        this.presets = presets;
        this.clock = clock;
    }

    /**
     * Reads what was asked for.
     *
     * @throws org.spactor.runner.configuration.problem.ConfigurationException if a layer cannot be read
     */
    public LayeredConfiguration load(ConfigurationRequest request) {
        Problems problems = new Problems();
        Optional<String> preset = preset(request);
        String title = request.file().map(Path::toString).orElse("the configuration");

        CombinedConfiguration layers = new CombinedConfiguration(new LayerCombiner());
        layers.addConfiguration(new Layer(defaults(runName(request, preset), problems)), "defaults");
        preset.ifPresent(name -> layers.addConfiguration(new Layer(readPreset(name, problems)), "preset"));
        request.file().ifPresent(file -> layers.addConfiguration(new Layer(readFile(file, problems)), "file"));
        layers.addConfiguration(new Layer(readAssignments(request.assignments(), problems)), "command line");
        problems.throwIfAny(title);

        ConfigurationNode root =
                ConfigurationNode.root(layers.getNodeModel().getNodeHandler().getRootNode());
        checkIndices(root, problems);
        problems.throwIfAny(title);
        return new LayeredConfiguration(title, root);
    }

    /** What is assigned on a command line, without any layer below it. */
    public static ConfigurationNode assigned(List<Assignment> assignments, Problems problems) {
        return ConfigurationNode.root(readAssignments(assignments, problems));
    }

    private static Optional<String> preset(ConfigurationRequest request) {
        return request.preset().isEmpty() && request.file().isEmpty() ? Optional.of(Presets.DEFAULT) : request.preset();
    }

    private ImmutableNode defaults(String runName, Problems problems) {
        String text = resource(DEFAULTS);
        ImmutableNode defaults = new YamlReader(line -> ValueOrigin.DEFAULT, problems).readDocument(text);
        ImmutableNode name = Nodes.scalar(null, runName, ValueOrigin.DEFAULT);
        return new LayerCombiner().combine(defaults, branch(KeyPath.parse("run.name"), name));
    }

    /** The time is in it so that a run does not write into the folder of the one before. */
    private String runName(ConfigurationRequest request, Optional<String> preset) {
        String base =
                request.file().map(ConfigurationLoader::stem).or(() -> preset).orElseThrow();
        return base + "-" + LocalDateTime.now(clock).format(TIME);
    }

    private static String stem(Path file) {
        Path last = file.toAbsolutePath().normalize().getFileName();
        if (last == null) {
            return "run";
        }
        String name = last.toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private ImmutableNode readPreset(String name, Problems problems) {
        Optional<String> text = presets.text(name);
        if (text.isEmpty()) {
            problems.add("--preset", Suggestions.noSuch("preset", name, presets.names()), ValueOrigin.DEFAULT);
            return Nodes.emptyMapping();
        }
        return new YamlReader(line -> ValueOrigin.preset(name), problems).readDocument(text.get());
    }

    private static ImmutableNode readFile(Path file, Problems problems) {
        try {
            String text = text(file);
            if (text.length() > YamlReader.LONGEST) {
                problems.add(
                        "--config",
                        "'" + file + "' is longer than " + YamlReader.LONGEST + " characters: is it a configuration?",
                        ValueOrigin.DEFAULT);
                return Nodes.emptyMapping();
            }
            return new YamlReader(line -> ValueOrigin.file(file.toString(), line), problems).readDocument(text);
        } catch (NoSuchFileException e) {
            problems.add("--config", "no file '" + file + "'", ValueOrigin.DEFAULT);
        } catch (CharacterCodingException e) {
            problems.add("--config", "'" + file + "' is not text in UTF-8", ValueOrigin.DEFAULT);
        } catch (IOException e) {
            problems.add("--config", "cannot read '" + file + "': " + IoReason.of(e), ValueOrigin.DEFAULT);
        }
        return Nodes.emptyMapping();
    }

    /** Not more of a file than it takes to see that it is too long. */
    private static String text(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            char[] characters = new char[YamlReader.LONGEST + 1];
            int length = 0;
            for (int read = 0; read >= 0 && length < characters.length; length += Math.max(0, read)) {
                read = reader.read(characters, length, characters.length - length);
            }
            return new String(characters, 0, length);
        }
    }

    private static ImmutableNode readAssignments(List<Assignment> assignments, Problems problems) {
        LayerCombiner combiner = new LayerCombiner();
        ImmutableNode layer = Nodes.emptyMapping();
        for (Assignment assignment : assignments) {
            try {
                KeyPath path = KeyPath.parse(assignment.key());
                ImmutableNode value = readValue(assignment, problems);
                if (value != null) {
                    layer = combiner.combine(layer, branch(path, value));
                }
            } catch (IllegalArgumentException e) {
                problems.add("", e.getMessage(), assignment.origin());
            }
        }
        return layer;
    }

    private static ImmutableNode readValue(Assignment assignment, Problems problems) {
        ValueOrigin origin = assignment.origin();
        if (assignment instanceof Assignment.Text text) {
            return Nodes.scalar(null, text.text(), origin);
        }
        if (assignment instanceof Assignment.Texts list) {
            List<ImmutableNode> elements = new ArrayList<>();
            for (String text : list.texts()) {
                elements.add(Nodes.scalar(String.valueOf(elements.size()), text, origin));
            }
            return Nodes.parent(null, Shape.LIST, elements, origin);
        }
        Assignment.Yaml yaml = (Assignment.Yaml) assignment;
        return new YamlReader(line -> origin, problems).readValue(yaml.key(), yaml.yaml());
    }

    /** A tree that holds nothing but a value at a key. */
    private static ImmutableNode branch(KeyPath path, ImmutableNode value) {
        ImmutableNode branch = value;
        for (int i = path.steps().size() - 1; i >= 0; i--) {
            KeyPath.Step step = path.steps().get(i);
            Shape shape = step.index() ? Shape.ELEMENTS : Shape.MAPPING;
            branch = Nodes.parent(null, shape, List.of(branch.setName(step.name())), Nodes.origin(value));
        }
        return branch;
    }

    /** Single elements from the command line may replace elements and append to the list, but leave no gap. */
    private static void checkIndices(ConfigurationNode node, Problems problems) {
        for (String name : node.names()) {
            checkIndices(node.child(name), problems);
        }
        int expected = 0;
        for (ConfigurationNode element : node.elements()) {
            String next = node.key() + "[" + expected + "]";
            if (!element.key().equals(next)) {
                problems.add(element.key(), "there is no " + next + " before it", element.origin());
                return;
            }
            checkIndices(element, problems);
            expected++;
        }
    }

    private static String resource(String name) {
        try (InputStream stream = ConfigurationLoader.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the runner's resource " + name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
