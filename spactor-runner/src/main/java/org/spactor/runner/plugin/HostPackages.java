package org.spactor.runner.plugin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spactor.api.SpactorApi;

/** Tells which classes plugins get from the host: those of {@link SpactorApi#HOST_PACKAGES}. */
final class HostPackages {
    /** A class file in a jar, of whatever release of Java. */
    private static final Pattern CLASS_FILE = Pattern.compile("(?:META-INF/versions/\\d+/)?(.+)\\.class");

    private HostPackages() {}

    /** The host's package that a class belongs to. */
    static Optional<String> ofClass(String className) {
        return SpactorApi.HOST_PACKAGES.stream()
                .filter(name -> className.startsWith(name + "."))
                .findFirst();
    }

    /** The host's package that an entry of a jar belongs to. */
    static Optional<String> ofEntry(String entry) {
        Matcher matcher = CLASS_FILE.matcher(entry);
        return matcher.matches() ? ofClass(matcher.group(1).replace('/', '.')) : Optional.empty();
    }
}
