package org.spactor.api;

import java.util.List;
import org.apiguardian.api.API;

/** The API itself, as a plugin's manifest refers to it. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public final class SpactorApi {
    /**
     * The version of this API, {@code major.minor}: that of the release without its last number. A plugin says in its
     * manifest, as {@code Spactor-Api}, which version it was built against. Minor versions add, major ones may take away;
     * while the major version is 0, minor ones may take away too.
     */
    public static final String VERSION = "0.2";

    /**
     * The packages, with those below them, that plugins share with Spactor: everything else that a plugin needs besides
     * the Java platform it brings along, and these it must not bring.
     */
    public static final List<String> HOST_PACKAGES = List.of("org.spactor.api", "org.slf4j");

    private SpactorApi() {}
}
