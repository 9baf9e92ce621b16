package org.spactor.runner.plugin;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A jar of a plugin, as far as it can be known without loading a class.
 *
 * @param path where it is
 * @param sha256 hash of the file
 * @param attributes main attributes of its manifest, by name
 * @param entries names of its entries
 * @param emptyServices names of the services for which it has a file that lists no class
 */
record PluginJar(
        Path path, String sha256, Map<String, String> attributes, List<String> entries, Set<String> emptyServices) {
    private static final String SERVICES = "META-INF/services/";

    PluginJar {
        attributes = Map.copyOf(attributes);
        entries = List.copyOf(entries);
        emptyServices = Set.copyOf(emptyServices);
    }

    /**
     * Reads a jar.
     *
     * @throws IOException if it is none, or cannot be read
     */
    static PluginJar read(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            List<String> entries = jar.stream().map(ZipEntry::getName).toList();
            return new PluginJar(
                    path,
                    MoreFiles.asByteSource(path).hash(Hashing.sha256()).toString(),
                    attributes(jar.getManifest()),
                    entries,
                    emptyServices(jar));
        }
    }

    /** Where a {@link java.util.ServiceLoader} would find nothing and say nothing. */
    private static Set<String> emptyServices(JarFile jar) throws IOException {
        Set<String> empty = new TreeSet<>();
        for (ZipEntry entry : Collections.list(jar.entries())) {
            if (!isService(entry.getName())) {
                continue;
            }
            String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
            boolean lists =
                    text.lines().anyMatch(line -> !line.replaceFirst("#.*", "").isBlank());
            if (!lists) {
                empty.add(entry.getName().substring(SERVICES.length()));
            }
        }
        return empty;
    }

    private static boolean isService(String entry) {
        return entry.startsWith(SERVICES) && entry.length() > SERVICES.length();
    }

    /** An attribute of its manifest that says something. */
    Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The host's packages that it brings classes of, with a class of each. */
    Map<String, String> bundledHostPackages() {
        Map<String, String> bundled = new TreeMap<>();
        for (String entry : entries) {
            HostPackages.ofEntry(entry).ifPresent(name -> bundled.putIfAbsent(name, entry));
        }
        return bundled;
    }

    /** Names of the services that it lists providers of. */
    List<String> services() {
        List<String> services = new ArrayList<>();
        for (String entry : entries) {
            if (isService(entry)) {
                services.add(entry.substring(SERVICES.length()));
            }
        }
        return services;
    }

    private static Map<String, String> attributes(Manifest manifest) {
        Map<String, String> attributes = new TreeMap<>();
        if (manifest != null) {
            manifest.getMainAttributes().forEach((name, value) -> attributes.put(name.toString(), value.toString()));
        }
        return attributes;
    }

    /** The hash of all jars of a plugin: that of the only one, or that of names and hashes in the order of the hashes. */
    static String sha256(List<PluginJar> jars) {
        if (jars.size() == 1) {
            return jars.get(0).sha256();
        }
        StringBuilder listing = new StringBuilder();
        jars.stream()
                .map(jar -> jar.sha256() + "  " + jar.path().getFileName() + "\n")
                .sorted()
                .forEach(listing::append);
        return Hashing.sha256().hashString(listing, StandardCharsets.UTF_8).toString();
    }
}
