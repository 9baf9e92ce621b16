package org.spactor.runner.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.spactor.api.component.Names;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.Origin;
import org.spactor.runner.configuration.problem.Suggestions;
import org.spactor.runner.environment.IoReason;

/**
 * Checks one candidate before any of its classes is loaded: that its jars can be read, that one of them says which plugin
 * it is and for which version of the API, that they list components, and that they bring nothing that the host lends.
 */
final class PluginInspection {
    private static final String ID = "Plugin-Id";
    private static final String VERSION = "Plugin-Version";
    private static final String API = "Spactor-Api";
    private static final String CLASS_PATH = "Class-Path";
    private static final String INDEX = "META-INF/INDEX.LIST";
    private static final String SERVICES = "META-INF/services/";

    /** A checkpoint knows a plugin by the key plugins.ID, beside plugins.directory; and these are what Spactor calls itself. */
    private static final Set<String> RESERVED = Set.of("directory", "built-in", "class-path", "spactor");

    private final PluginCandidate candidate;
    private final List<String> problems = new ArrayList<>();
    private final List<PluginJar> jars = new ArrayList<>();

    PluginInspection(PluginCandidate candidate) {
        this.candidate = candidate;
    }

    /** The plugin, if there is nothing wrong with it. */
    Optional<Origin.Plugin> inspect() {
        readJars();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Optional<PluginJar> main = mainJar();
        main.ifPresent(this::checkManifest);
        jars.forEach(this::checkContents);
        jars.forEach(this::checkIndex);
        checkServices();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return main.map(this::plugin);
    }

    /** What is wrong, each with the jar it is about and what to do. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void readJars() {
        if (candidate.jars().isEmpty()) {
            problem(candidate.location(), "holds no jar. Put the plugin's jars right into it, or remove it");
        }
        for (Path path : candidate.jars()) {
            try {
                jars.add(PluginJar.read(path));
            } catch (IOException e) {
                unreadable(path, IoReason.of(e));
            } catch (SecurityException e) {
                unreadable(path, e.getMessage());
            }
        }
    }

    private void unreadable(Path jar, String reason) {
        problem(jar, "not a readable jar (" + reason + "). Copy it again, or remove it");
    }

    /** The jar whose manifest says which plugin this is. */
    private Optional<PluginJar> mainJar() {
        List<PluginJar> withId =
                jars.stream().filter(jar -> jar.attribute(ID).isPresent()).toList();
        if (withId.size() == 1) {
            return Optional.of(withId.get(0));
        }
        if (!withId.isEmpty()) {
            problem(
                    candidate.location(),
                    "holds " + withId.size() + " plugins: " + names(withId) + ". Give each a folder of its own");
        } else if (jars.size() == 1) {
            return Optional.of(jars.get(0));
        } else {
            problem(
                    candidate.location(),
                    "none of its jars says in its manifest which plugin it is. One of them needs " + ID + ", " + VERSION
                            + " and " + API);
        }
        return Optional.empty();
    }

    private void checkManifest(PluginJar jar) {
        List<String> missing = new ArrayList<>();
        for (String name : List.of(ID, VERSION, API)) {
            if (jar.attribute(name).isEmpty()) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            problem(
                    jar.path(),
                    "its manifest has no " + String.join(" and no ", missing) + ". If it is a plugin, build it with "
                            + "them; if it is a library of one, put both jars into a folder beside it");
        }
        jar.attribute(ID).filter(id -> !Names.isKebabCase(id)).ifPresent(id -> {
            problem(
                    jar.path(),
                    "its " + ID + " '" + id + "' is not lower case with words joined by hyphens, such as "
                            + "'sentence-shuffle'");
        });
        jar.attribute(ID).filter(RESERVED::contains).ifPresent(id -> {
            problem(jar.path(), "its " + ID + " '" + id + "' means something else to Spactor. Give it another one");
        });
        jar.attribute(API).ifPresent(version -> checkApi(jar, version));
    }

    private void checkApi(PluginJar jar, String version) {
        ApiVersion current = ApiVersion.current();
        Optional<ApiVersion> needed = ApiVersion.parse(version);
        if (needed.isEmpty()) {
            problem(jar.path(), "its " + API + " '" + version + "' is not a version such as " + current);
        } else if (!current.accepts(needed.get())) {
            problem(
                    jar.path(),
                    "built for version " + needed.get() + " of the plugin API, and this Spactor has " + current
                            + ". Build it against " + current + ", or run it with a Spactor that has " + needed.get());
        }
    }

    private void checkContents(PluginJar jar) {
        Map<String, String> bundled = jar.bundledHostPackages();
        if (!bundled.isEmpty()) {
            problem(
                    jar.path(),
                    "contains classes of " + String.join(", ", bundled.keySet()) + ", which Spactor lends ("
                            + bundled.values().iterator().next()
                            + "). Give those dependencies the scope 'provided' and build it again");
        }
        jar.attribute(CLASS_PATH)
                .ifPresent(paths -> problem(
                        jar.path(),
                        "its manifest has a " + CLASS_PATH + " (" + paths + "), which is not followed. Put the jars "
                                + "beside it, into a folder of their own, and build it without"));
    }

    /** A class loader looks for classes in the jars that an index names, wherever they are; no hash would know of them. */
    private void checkIndex(PluginJar jar) {
        for (String entry : jar.entries()) {
            if (entry.equalsIgnoreCase(INDEX)) {
                problem(
                        jar.path(),
                        "has a " + entry
                                + ", by which classes would be loaded from jars that are not the plugin's. Build"
                                + " it without an index (jar --generate-index, in Maven <index>true</index>), or remove"
                                + " it: zip -d " + jar.path() + " " + entry);
            }
        }
    }

    private void checkServices() {
        List<String> known = ComponentKinds.ALL.stream()
                .map(kind -> kind.providerClass().getName())
                .toList();
        boolean any = false;
        for (PluginJar jar : jars) {
            for (String service : jar.services()) {
                if (known.contains(service)) {
                    any = true;
                    if (jar.emptyServices().contains(service)) {
                        problem(
                                jar.path(),
                                SERVICES + service + ": lists no class. Write the providers' names into it, a line"
                                        + " each, or remove it");
                    }
                }
                if (service.startsWith("org.spactor.") && !known.contains(service)) {
                    problem(
                            jar.path(),
                            SERVICES + service + ": plugins cannot provide this. "
                                    + Suggestions.closest(service, known)
                                            .map(closest -> "Did you mean '" + closest + "'?")
                                            .orElse("They can provide " + String.join(", ", known)));
                }
            }
        }
        if (!any && problems.isEmpty()) {
            problem(
                    candidate.location(),
                    "lists no component. A jar lists its providers in " + SERVICES + ", in a file named like "
                            + known.get(0));
        }
    }

    private Origin.Plugin plugin(PluginJar main) {
        return new Origin.Plugin(
                main.attribute(ID).orElseThrow(),
                main.attribute(VERSION).orElseThrow(),
                candidate.location(),
                PluginJar.sha256(jars));
    }

    private void problem(Path place, String what) {
        problems.add(place + ": " + what);
    }

    private static String names(List<PluginJar> jars) {
        return String.join(
                ", ",
                jars.stream().map(jar -> jar.path().getFileName().toString()).toList());
    }
}
