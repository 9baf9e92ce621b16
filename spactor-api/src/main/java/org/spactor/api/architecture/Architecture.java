package org.spactor.api.architecture;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A family of networks: declares parameters and builds sub-networks in a graph. What it can build are its parts; a class
 * that implements the interfaces of its parts, such as {@link Encoder}, has nothing more to do.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Architecture {
    /**
     * A part, if there is one. By default the architecture itself, if it implements the part's interface.
     *
     * @param type the part's interface
     */
    default <P extends Part> Optional<P> part(Class<P> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    /**
     * A part that an objective says it needs.
     *
     * @throws NoSuchElementException if there is none
     */
    default <P extends Part> P require(Class<P> type) {
        return part(type)
                .orElseThrow(() -> new NoSuchElementException("the architecture has no " + type.getSimpleName()
                        + ". Objective.needs has to name what an objective builds"));
    }
}
