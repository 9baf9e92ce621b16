package org.spactor.runner.plugin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spactor.api.SpactorApi;

/** A version of the plugin API. Whatever follows the minor number of a version makes no difference. */
record ApiVersion(int major, int minor) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:[.-].*)?");

    /** The version of the API that this host offers. */
    static ApiVersion current() {
        return parse(SpactorApi.VERSION).orElseThrow();
    }

    /** Reads {@code 1.2}, {@code 1.2.3} or {@code 1.2.3-SNAPSHOT}. */
    static Optional<ApiVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /**
     * Whether a host with this API can run a plugin built against another: the same major version and no newer minor one;
     * before version 1, where minor versions may take something away, the very same.
     */
    boolean accepts(ApiVersion plugin) {
        if (plugin.major != major) {
            return false;
        }
        return major == 0 ? plugin.minor == minor : plugin.minor <= minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
