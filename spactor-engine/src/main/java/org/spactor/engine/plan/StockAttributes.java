package org.spactor.engine.plan;

/**
 * Names of the attributes that instructions of SameDiff's own operations have. Axes count from the front and are within
 * the rank; nothing is left to a default.
 */
public final class StockAttributes {
    /** Integer: the axis along which something is done. */
    public static final String AXIS = "axis";

    /** Integers: the axes that are reduced, all of them by name. */
    public static final String AXES = "axes";

    /** Flag: whether the reduced axes stay as sides of length 1. */
    public static final String KEEP_DIMENSIONS = "keep-dimensions";

    /** Flag: whether each left matrix is transposed before it is multiplied. */
    public static final String TRANSPOSE_LEFT = "transpose-left";

    /** Flag: whether each right matrix is transposed before it is multiplied. */
    public static final String TRANSPOSE_RIGHT = "transpose-right";

    /** Flag: whether each product is transposed before it is written. */
    public static final String TRANSPOSE_PRODUCT = "transpose-product";

    /** Integers: how often the input is repeated along each of its sides. */
    public static final String REPETITIONS = "repetitions";

    /** Integers: the first index taken along each side of the input. */
    public static final String BEGIN = "begin";

    /** Integers: the index along each side of the input before which taking ends; at most the side. */
    public static final String END = "end";

    /** Integers: the distance between two indices taken along each side of the input, 1 or more. */
    public static final String STRIDES = "strides";

    /** Integers: the shape of what was taken. */
    public static final String SHAPE = "shape";

    /** Integers: for each side of a view the side of the input that it is. */
    public static final String PERMUTATION = "permutation";

    private StockAttributes() {}
}
