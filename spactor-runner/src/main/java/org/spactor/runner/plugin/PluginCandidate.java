package org.spactor.runner.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something in the plugins' folder that ought to be a plugin: a jar, or a folder of jars.
 *
 * @param location the jar or the folder
 * @param jars its jars, in the order of their names
 */
record PluginCandidate(Path location, List<Path> jars) {
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(jar|zip|war)", Pattern.CASE_INSENSITIVE);

    PluginCandidate {
        jars = List.copyOf(jars);
    }

    /**
     * What is in a folder, in the order of the names. Hidden entries and files that are no archives are not meant; an
     * archive that is not called {@code .jar} may be, so it is told.
     *
     * @param problems what looks like a plugin and cannot be one by its name
     * @throws IOException if the folder cannot be read
     */
    static List<PluginCandidate> in(Path folder, List<String> problems) throws IOException {
        List<PluginCandidate> candidates = new ArrayList<>();
        for (Path entry : list(folder)) {
            if (Files.isDirectory(entry)) {
                candidates.add(new PluginCandidate(entry, jarsIn(entry, problems)));
            } else if (isJar(entry)) {
                candidates.add(new PluginCandidate(entry, List.of(entry)));
            } else {
                tellArchive(entry, problems);
            }
        }
        return candidates;
    }

    private static List<Path> jarsIn(Path folder, List<String> problems) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path entry : list(folder)) {
            if (isJar(entry)) {
                jars.add(entry);
            } else {
                tellArchive(entry, problems);
            }
        }
        return jars;
    }

    private static void tellArchive(Path entry, List<String> problems) {
        if (ARCHIVE.matcher(entry.getFileName().toString()).matches()) {
            problems.add(entry + ": plugins are called NAME.jar, in lower case. Rename it, or take it away");
        }
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
