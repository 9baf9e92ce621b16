package org.spactor.runner.configuration.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The configurations that come with the runner: the YAML resources in {@code presets/}, each named after its file. */
public final class Presets {
    /** What is run if neither a preset nor a file is asked for. */
    public static final String DEFAULT = "tiny";

    private static final String FOLDER = "/presets";
    private static final String EXTENSION = ".yaml";
    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]+");

    /** All names, in alphabetical order. */
    public List<String> names() {
        URL folder = Presets.class.getResource(FOLDER);
        if (folder == null) {
            return List.of();
        }
        try {
            if (!(folder.openConnection() instanceof JarURLConnection connection)) {
                return names(Path.of(folder.toURI()));
            }
            try (FileSystem jar =
                    FileSystems.newFileSystem(Path.of(connection.getJarFileURL().toURI()))) {
                return names(jar.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A preset's YAML; empty if there is none of that name. */
    Optional<String> text(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream stream = Presets.class.getResourceAsStream(FOLDER + "/" + name + EXTENSION)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(EXTENSION))
                    .map(file -> file.substring(0, file.length() - EXTENSION.length()))
                    .sorted()
                    .toList();
        }
    }
}
