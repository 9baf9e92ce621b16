package org.spactor.api;

/** The API itself, as a plugin's manifest refers to it. */
public final class SpactorApi {
    /**
     * The version of this API, {@code major.minor}: that of the release without its last number. A plugin says in its
     * manifest, as {@code Spactor-Api}, which version it was built against. Minor versions add, major ones may take away;
     * while the major version is 0, minor ones may take away too.
     */
    public static final String VERSION = "0.1";

    private SpactorApi() {}
}
