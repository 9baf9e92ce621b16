package org.spactor.runner.configuration.problem;

/**
 * Where a configured value was written.
 *
 * @param source a file, a preset or an option of the command line, as a user would name it
 * @param line line of the file, from 1; 0 where there are no lines
 */
public record ValueOrigin(String source, int line) {
    /** Nobody wrote the value: it is what holds when the configuration is silent. */
    public static final ValueOrigin DEFAULT = new ValueOrigin("default", 0);

    /** A line of a configuration file. */
    public static ValueOrigin file(String file, int line) {
        return new ValueOrigin(file, line);
    }

    /** A preset. */
    public static ValueOrigin preset(String name) {
        return new ValueOrigin("preset " + name, 0);
    }

    /** A value that a program set. */
    public static ValueOrigin program() {
        return new ValueOrigin("set by the program", 0);
    }

    /** An option of the command line, for instance {@code --set}. */
    public static ValueOrigin commandLine(String option) {
        return new ValueOrigin(option, 0);
    }

    /** For instance {@code run.yaml:12}, {@code --set}, {@code preset tiny} or {@code default}. */
    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
