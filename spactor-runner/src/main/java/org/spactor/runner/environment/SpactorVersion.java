package org.spactor.runner.environment;

import picocli.CommandLine.IVersionProvider;

/** The version in the runner's jar. */
public final class SpactorVersion implements IVersionProvider {
    /** The version; {@code development} if the classes are not in a jar. */
    public static String version() {
        String version = SpactorVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "spactor " + version(),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
