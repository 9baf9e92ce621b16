package org.spactor.runner.component;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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

    /**
     * Comes with a library that somebody put on the class path.
     *
     * @param location its jar or folder
     */
    record ClassPath(Path location) implements Origin {
        /**
         * The hash of the jar; of a folder, that of the names and hashes of its files.
         *
         * @throws UncheckedIOException if it cannot be read
         */
        public String sha256() {
            try (Stream<Path> files = Files.walk(location)) {
                StringBuilder listing = new StringBuilder();
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    String hash =
                            MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
                    if (file.equals(location)) {
                        return hash;
                    }
                    listing.append(hash)
                            .append("  ")
                            .append(location.relativize(file))
                            .append('\n');
                }
                return Hashing.sha256()
                        .hashString(listing, StandardCharsets.UTF_8)
                        .toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return "class path, " + location;
        }
    }

    /** Comes with Spactor. */
    static Origin builtIn() {
        return new BuiltIn();
    }
}
