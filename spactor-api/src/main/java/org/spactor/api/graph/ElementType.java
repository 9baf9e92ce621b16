package org.spactor.api.graph;

import org.apiguardian.api.API;

/** What the elements of a {@link Value} are. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public enum ElementType {
    /** Floating-point numbers of 32 bits. */
    FLOAT,
    /** Whole numbers of 32 bits: ids, positions, labels, and the answers 1 and 0 of comparisons. No gradient. */
    INT
}
