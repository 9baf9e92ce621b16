package org.spactor.runner.assembly;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.CorruptorChain;
import org.spactor.data.SegmentLength;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.GraphException;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.runner.configuration.ResolvedConfiguration;
import org.spactor.runner.configuration.layer.ConfigurationNode;
import org.spactor.runner.configuration.problem.ConfigurationException;
import org.spactor.runner.configuration.problem.Problem;

/**
 * The components of a configuration, ready for use and agreed with each other. Made once a run.
 *
 * @param vocabulary that they were made for
 * @param architecture the network; has the parts that the losses need
 * @param corruptors what is done to an example, in this order
 * @param objective what is learnt
 * @param learnt the objective's losses that the curriculum weighs, in the objective's order
 * @param curriculum when what is learnt
 * @param optimizer how parameters are updated
 * @param schedule how the learning rate goes
 * @param warnings what a user has to be told of them
 * @param configuration that they were made for
 */
public record Components(
        Vocabulary vocabulary,
        Architecture architecture,
        CorruptorChain corruptors,
        GuardedObjective objective,
        List<String> learnt,
        Curriculum curriculum,
        Optimizer optimizer,
        Schedule schedule,
        List<String> warnings,
        ResolvedConfiguration configuration) {
    public Components {
        learnt = List.copyOf(learnt);
        warnings = List.copyOf(warnings);
    }

    /** Every loss that a run computes at one time or another: what is learnt, and what is measured on held-out text. */
    public Set<String> computed() {
        Set<String> losses = new LinkedHashSet<>(objective.losses());
        losses.removeIf(
                loss -> !learnt.contains(loss) && !objective.validationLosses().contains(loss));
        return losses;
    }

    /**
     * Adds some of the objective's losses to a graph.
     *
     * @throws org.spactor.runner.component.ComponentFailure if the objective or the architecture fails, or the graph has
     *     other losses than it was to have, or counts that depend on more than the batch
     */
    public void build(ModelGraph graph, Set<String> losses) {
        objective.build(graph, architecture, losses);
        if (!graph.losses().keySet().equals(losses)) {
            throw objective.wrongGraph(
                    losses, "it added the losses " + graph.losses().keySet() + " to the graph");
        }
        try {
            new PlanCompiler().counts(graph);
        } catch (GraphException e) {
            throw objective.wrongGraph(losses, e.getMessage());
        }
    }

    /**
     * How long segments are for inputs of a length, and what the corruptors make of them.
     *
     * @throws ConfigurationException if a corruptor refuses segments that would be short enough
     */
    public SegmentLength segmentLength(int inputLength) {
        try {
            return SegmentLength.longest(corruptors, inputLength);
        } catch (InvalidOptionException e) {
            throw refused(e);
        }
    }

    /**
     * Tells the optimizer which parameters there are.
     *
     * @throws ConfigurationException if one of its options speaks of another one
     */
    public void requireParameters(Set<String> names) {
        try {
            optimizer.requireParameters(names);
        } catch (InvalidOptionException e) {
            throw refused(e);
        }
    }

    /** An option that makes no sense with what is known by now; its key is given from the root on. */
    private ConfigurationException refused(InvalidOptionException refusal) {
        ConfigurationNode option = configuration.place(refusal.option());
        return new ConfigurationException(
                configuration.title(), List.of(new Problem(refusal.option(), refusal.getMessage(), option.origin())));
    }

    /** The losses that are measured on held-out text. */
    public Set<String> validated() {
        return new LinkedHashSet<>(objective.validationLosses());
    }
}
