package org.spactor.runner.component;

import java.nio.file.Path;

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
     * @param sha256 of its jar, in hexadecimal; of several jars, of their names and hashes
     */
    record Plugin(String id, String version, Path location, String sha256) implements Origin {
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
