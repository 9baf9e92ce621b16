package org.spactor.runner.environment;

/** The version in the runner's jar. */
public final class SpactorVersion {
    private SpactorVersion() {}

    /** The version; {@code development} if the classes are not in a jar. */
    public static String version() {
        String version = SpactorVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
