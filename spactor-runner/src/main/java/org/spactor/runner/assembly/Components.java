package org.spactor.runner.assembly;

import java.util.List;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.objective.Objective;
import org.spactor.engine.train.Optimizer;
import org.spactor.engine.train.Schedule;

/**
 * The components of a configuration, ready for use.
 *
 * @param architecture the network
 * @param corruptors what is done to an example, in this order
 * @param objective what is learnt
 * @param curriculum when what is learnt
 * @param optimizer how parameters are updated
 * @param learningRate the optimizer's, which the schedule's factor is multiplied by
 * @param schedule how the learning rate goes
 */
public record Components(
        Architecture architecture,
        List<Corruptor> corruptors,
        Objective objective,
        Curriculum curriculum,
        Optimizer optimizer,
        double learningRate,
        Schedule schedule) {
    public Components {
        corruptors = List.copyOf(corruptors);
    }
}
