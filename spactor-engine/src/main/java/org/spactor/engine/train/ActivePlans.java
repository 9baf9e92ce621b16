package org.spactor.engine.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.plan.PlannedModel;
import org.spactor.engine.plan.PlannedTraining;

/**
 * The programs of one set of active losses: the one that trains, with an instance for each replica; the small one that
 * counts tokens, by which the losses of the whole batch are divided before any replica begins; and those that work on the
 * gradients afterwards.
 */
final class ActivePlans implements AutoCloseable {
    private final Set<String> losses;
    private final PlannedModel model;
    private final RoundedParameters parameters;
    private final List<Program> training = new ArrayList<>();
    private final Program counting;
    private final Program sumOverReplicas;
    private final Program sumsOfSquares;
    /** The sum of the gradients over the replicas, by parameter: the first replica's, which the others are added to. */
    private final Map<String, DeviceTensor> gradients = new LinkedHashMap<>();

    ActivePlans(
            Set<String> losses,
            PlannedTraining planned,
            Backend backend,
            Parameters parameters,
            int replicas,
            int threads) {
        this.losses = losses;
        this.model = planned.model();
        Plan trainingPlan = model.plan();
        this.counting = backend.prepare(planned.counts(), parameters.tensors());
        this.parameters = new RoundedParameters(trainingPlan, parameters.tensors(), backend, replicas * threads);
        for (int i = 0; i < replicas; i++) {
            training.add(backend.prepare(trainingPlan, this.parameters.tensors(), threads));
        }
        Map<String, Long> elements = new LinkedHashMap<>();
        Map<String, DeviceTensor> ofReplicas = new HashMap<>();
        for (String name : parameters.specifications().keySet()) {
            if (trainingPlan.results().containsKey(PlanNames.gradientOf(name))) {
                gradients.put(name, training.get(0).result(PlanNames.gradientOf(name)));
                elements.put(name, gradients.get(name).elements());
                for (int i = 0; i < replicas; i++) {
                    ofReplicas.put(StepPlans.ofReplica(name, i), training.get(i).result(PlanNames.gradientOf(name)));
                }
            }
        }
        Plan sum = StepPlans.sumOverReplicas(replicas == 1 ? Map.of() : elements, replicas);
        this.sumOverReplicas = backend.prepare(sum, ofReplicas, replicas * threads);
        this.sumsOfSquares = backend.prepare(StepPlans.sumsOfSquares(elements), gradients, replicas * threads);
    }

    Set<String> losses() {
        return losses;
    }

    PlannedModel model() {
        return model;
    }

    /** What the training plans read of the parameters. */
    RoundedParameters parameters() {
        return parameters;
    }

    Plan trainingPlan() {
        return model.plan();
    }

    Program training(int replica) {
        return training.get(replica);
    }

    Program counting() {
        return counting;
    }

    /** The gradients by parameter, in the order of the parameters, once they are summed over the replicas. */
    Map<String, DeviceTensor> gradients() {
        return gradients;
    }

    /** Adds the other replicas' gradients to the first one's. */
    void sumOverReplicas() {
        sumOverReplicas.run();
    }

    /** The norm of all gradients together. */
    double gradientNorm() {
        sumsOfSquares.run();
        double sum = 0;
        if (!gradients.isEmpty()) {
            for (double squares : sumsOfSquares.numbers(StepPlans.SQUARES)) {
                sum += squares;
            }
        }
        return Math.sqrt(sum);
    }

    @Override
    public void close() {
        sumOverReplicas.close();
        sumsOfSquares.close();
        training.forEach(Program::close);
        counting.close();
        parameters.close();
    }
}
