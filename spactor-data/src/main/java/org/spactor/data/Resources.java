package org.spactor.data;

import java.io.InputStream;

/** The files that are bundled in this module's jar. */
final class Resources {
    private Resources() {}

    /** Opens a file beside this class. */
    static InputStream open(String name) {
        InputStream in = Resources.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(
                    "no resource " + name + " beside " + Resources.class.getName() + ": the jar is incomplete");
        }
        return in;
    }
}
