package org.spactor.api.objective;

import java.util.Set;
import org.apiguardian.api.API;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.graph.Graph;

/**
 * What is learnt: names its losses and adds those that are active to a graph.
 *
 * <p>The features it reads ({@link Graph#feature}) and the sub-networks it builds decide what a step costs: what no
 * active loss needs must not be built.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Objective {
    /** The losses this objective can compute, in the order in which reports show them. */
    Set<String> losses();

    /** The losses that are reported on held-out text. All of them, unless an objective says otherwise. */
    default Set<String> validationLosses() {
        return losses();
    }

    /**
     * Adds the active losses to a graph, each with one call of {@link Graph#loss}.
     *
     * @param active a non-empty subset of {@link #losses}
     */
    void build(Graph graph, Architecture architecture, Set<String> active);
}
