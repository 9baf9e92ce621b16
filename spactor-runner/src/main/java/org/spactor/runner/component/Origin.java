package org.spactor.runner.component;

import java.nio.file.Path;
import java.util.Map;

/** Where a component comes from. */
public sealed interface Origin {
    /** Comes with Spactor. */
    record BuiltIn() implements Origin {
        @Override
        public String toString() {
            return "built-in";
        }
    }

    /**
     * Comes with a plugin.
     *
     * @param id the plugin's id
     * @param version the plugin's version
     * @param location the plugin's jar, or its folder
     * @param sha256 hash of each of its jars, by file name
     */
    record Plugin(String id, String version, Path location, Map<String, String> sha256) implements Origin {
        public Plugin {
            sha256 = Map.copyOf(sha256);
        }

        @Override
        public String toString() {
            return id + " " + version + ", " + location;
        }
    }

    /** Comes with Spactor. */
    static Origin builtIn() {
        return new BuiltIn();
    }
}
