package org.spactor.api.corruption;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * A named sequence of integers of an {@link Example}, and the number that fills it up to the common length of a batch.
 *
 * <p>Features are compared by name and padding; a component that needs one that is not declared here makes its own.
 *
 * @param name lower case, words joined by hyphens
 * @param padding the filling value: 0, the id of {@code <pad>}, for tokens; -1 for positions
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Feature(String name, int padding) {
    /** Tokens the encoder reads. Before any corruption: the raw segment. */
    public static final Feature INPUTS = new Feature("inputs", 0);

    /** Tokens the decoder has to produce, {@code </s>} included. */
    public static final Feature TARGETS = new Feature("targets", 0);

    public Feature {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
