package org.spactor.engine.graph;

/** A graph that cannot be compiled: an operation that is not verified, shapes that do not fit, a loss declared twice. */
public class GraphException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, where in the graph, and what to do */
    public GraphException(String message) {
        super(message);
    }

    /** @param message what is wrong, where in the graph, and what to do */
    public GraphException(String message, Throwable cause) {
        super(message, cause);
    }
}
