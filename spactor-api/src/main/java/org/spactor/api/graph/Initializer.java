package org.spactor.api.graph;

import org.apiguardian.api.API;

/** How a parameter is filled before training. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Initializer {
    /** Normal with mean 0. */
    record Normal(double standardDeviation) implements Initializer {
        public Normal {
            if (!(standardDeviation > 0)) {
                throw new IllegalArgumentException("a standard deviation must be above 0, but is " + standardDeviation);
            }
        }
    }

    /** The same number everywhere. */
    record Constant(double value) implements Initializer {}

    /** Normal with mean 0 and the given standard deviation. */
    static Initializer normal(double standardDeviation) {
        return new Normal(standardDeviation);
    }

    /** All ones: the weight of a norm. */
    static Initializer ones() {
        return new Constant(1);
    }

    /** All zeros: a bias. */
    static Initializer zeros() {
        return new Constant(0);
    }
}
