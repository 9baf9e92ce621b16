package org.spactor.cuda.kernel;

/** What {@code loops.cu} computes from elements x and y of operands and g of a gradient; in the order of its cases. */
enum Function {
    X,
    ABSOLUTE,
    COSINE,
    EXPONENTIAL,
    GELU,
    GELU_DERIVATIVE,
    LOGARITHM,
    NEGATION,
    SIGMOID,
    SIGN,
    SINE,
    TANH,
    SIGMOID_GRADIENT,
    TANH_GRADIENT,
    SUM,
    DIFFERENCE,
    PRODUCT,
    QUOTIENT,
    G,
    MINUS_G,
    G_TIMES_Y,
    G_TIMES_X,
    G_OVER_Y,
    MINUS_G_TIMES_X_OVER_Y_SQUARED;

    /** The number of its case. */
    @SuppressWarnings("EnumOrdinal") // they have one order
    int number() {
        return ordinal();
    }
}
