package org.spactor.runner.configuration.layer;

/** What a node of a configuration holds. */
public enum Shape {
    /** Nothing: no layer mentions it. */
    ABSENT("nothing"),
    /** One value. */
    SCALAR("a value"),
    /** Values by key. */
    MAPPING("a mapping"),
    /** A whole list. */
    LIST("a list"),
    /** Single elements of a list, by index; only in the layer of the command line. */
    ELEMENTS("elements of a list");

    private final String label;

    Shape(String label) {
        this.label = label;
    }

    /** With its article, for messages. */
    public String label() {
        return label;
    }
}
