package org.spactor.engine.plan;

/**
 * A stretch of memory with elements of one type.
 *
 * @param id position in the plan's list
 * @param name for error messages and profiles
 * @param type element type
 * @param elements number of elements
 * @param storage where the memory is
 */
public record Buffer(int id, String name, ElementType type, long elements, Storage storage) {
    /** Size in bytes. */
    public long bytes() {
        return elements * type.bytes();
    }

    /** Where a buffer's memory is, and who fills it. */
    public sealed interface Storage {
        /** Shared by all plans of a model; written by the optimizer. */
        record Parameter(String name) implements Storage {}

        /** Filled by the caller before a run. */
        record Input(String name) implements Storage {}

        /** Fixed numbers. */
        record Constant(double[] values) implements Storage {}

        /** Kept after the run, for the caller to read. */
        record Result(String name) implements Storage {}

        /**
         * A place in the memory that the intermediate values share; there is one arena for each element type.
         *
         * @param offset first element
         */
        record Arena(long offset) implements Storage {}
    }
}
