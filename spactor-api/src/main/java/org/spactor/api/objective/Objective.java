package org.spactor.api.objective;

import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Part;
import org.spactor.api.graph.Graph;

/**
 * What is learnt: names its losses and adds those that are active to a graph.
 *
 * <p>The features it reads ({@link Graph#feature}) and the parts of the architecture that it builds decide what a step
 * costs: what no active loss needs must not be built.
 *
 * <p>A graph is built for the examples that one replica works on at a time: the batch divided by {@code
 * training.accumulation} and by the number of replicas. What compares examples with each other, such as a contrastive loss,
 * sees no others; see {@link #comparesExamples}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Objective {
    /** The losses this objective can compute, in the order in which reports show them: lower case, words joined by hyphens. */
    List<String> losses();

    /** The losses that are reported on held-out text. All of them, unless an objective says otherwise. */
    default List<String> validationLosses() {
        return losses();
    }

    /**
     * The parts of an architecture that are needed to compute some losses. An architecture without them is refused before
     * anything runs.
     *
     * @param active a non-empty subset of {@link #losses}
     */
    Set<Class<? extends Part>> needs(Set<String> active);

    /**
     * Whether what is learnt from an example depends on the others that it is computed with. If so, {@code
     * training.replicas: auto} stands for one replica whose threads share the work, so that a result does not depend on
     * the number of cores.
     */
    default boolean comparesExamples() {
        return false;
    }

    /**
     * Adds the active losses to a graph, each with one call of {@link Graph#loss}.
     *
     * @param architecture has the parts that {@link #needs} names
     * @param active a non-empty subset of {@link #losses}
     */
    void build(Graph graph, Architecture architecture, Set<String> active);
}
