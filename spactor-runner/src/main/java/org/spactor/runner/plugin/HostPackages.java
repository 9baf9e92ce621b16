package org.spactor.runner.plugin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages that plugins share with the host, so that both mean the same classes by the same names. */
final class HostPackages {
    private static final List<String> NAMES = List.of("org.spactor.api", "org.nd4j", "org.bytedeco", "org.slf4j");

    /** A class file in a jar, of whatever release of Java. */
    private static final Pattern CLASS_FILE = Pattern.compile("(?:META-INF/versions/\\d+/)?(.+)\\.class");

    private HostPackages() {}

    /** The host's package that a class belongs to. */
    static Optional<String> ofClass(String className) {
        return NAMES.stream().filter(name -> className.startsWith(name + ".")).findFirst();
    }

    /** The host's package that an entry of a jar belongs to. */
    static Optional<String> ofEntry(String entry) {
        Matcher matcher = CLASS_FILE.matcher(entry);
        return matcher.matches() ? ofClass(matcher.group(1).replace('/', '.')) : Optional.empty();
    }

    /** All of them, for messages. */
    static String listing() {
        return String.join(", ", NAMES);
    }
}
