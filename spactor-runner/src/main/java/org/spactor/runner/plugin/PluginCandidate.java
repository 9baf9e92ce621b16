package org.spactor.runner.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something in the plugins' folder that ought to be a plugin: a jar, or a folder of jars.
 *
 * @param location the jar or the folder
 * @param jars its jars, in the order of their names
 */
record PluginCandidate(Path location, List<Path> jars) {
    PluginCandidate {
        jars = List.copyOf(jars);
    }

    /**
     * What is in a folder, in the order of the names. Hidden entries and files that are no jars are not meant.
     *
     * @throws IOException if the folder cannot be read
     */
    static List<PluginCandidate> in(Path folder) throws IOException {
        List<PluginCandidate> candidates = new ArrayList<>();
        for (Path entry : list(folder)) {
            if (Files.isDirectory(entry)) {
                candidates.add(new PluginCandidate(entry, jarsIn(entry)));
            } else if (isJar(entry)) {
                candidates.add(new PluginCandidate(entry, List.of(entry)));
            }
        }
        return candidates;
    }

    private static List<Path> jarsIn(Path folder) throws IOException {
        return list(folder).stream().filter(PluginCandidate::isJar).toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isJar(Path path) {
        return path.getFileName().toString().endsWith(".jar");
    }
}
