package org.spactor.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanBuilder;
import org.spactor.engine.plan.PlanNames;

/** The plans of a step beside those of the model: what is done with parameters before it and with gradients behind it. */
final class StepPlans {
    /** Name of the result of {@link #sumsOfSquares}: one number for each tensor, in their order. */
    static final String SQUARES = "squares";

    private StepPlans() {}

    /** Rounds the parameters that a plan reads as bfloat16 into their copies. */
    static Plan rounding(Plan plan) {
        PlanBuilder builder = new PlanBuilder();
        List<Operand> originals = new ArrayList<>();
        List<Operand> copies = new ArrayList<>();
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter copy && buffer.type() == ElementType.BFLOAT16) {
                String original = PlanNames.originalOf(copy.name());
                originals.add(builder.shared(original, ElementType.FLOAT32, buffer.elements()));
                copies.add(builder.shared(copy.name(), ElementType.BFLOAT16, buffer.elements()));
            }
        }
        if (!copies.isEmpty()) {
            builder.add(Kinds.TO_BFLOAT16, "parameters", originals, copies, Attributes.NONE);
        }
        return builder.build();
    }

    /**
     * Adds the replicas' tensors to the first one's, in the order of the replicas.
     *
     * @param elements number of elements of each tensor by name; a replica's is called {@link #ofReplica}
     */
    static Plan sumOverReplicas(Map<String, Long> elements, int replicas) {
        PlanBuilder builder = new PlanBuilder();
        List<Operand> terms = new ArrayList<>();
        List<Operand> sums = new ArrayList<>();
        elements.forEach((name, length) -> {
            sums.add(builder.shared(ofReplica(name, 0), ElementType.FLOAT32, length));
            for (int replica = 0; replica < replicas; replica++) {
                terms.add(builder.shared(ofReplica(name, replica), ElementType.FLOAT32, length));
            }
        });
        if (!sums.isEmpty()) {
            builder.add(Kinds.ADD_ALL, "gradients", terms, sums, Attributes.NONE);
        }
        return builder.build();
    }

    /** The name of a replica's tensor. */
    static String ofReplica(String name, int replica) {
        return name + "@" + replica;
    }

    /**
     * The sum of the squares of each tensor's elements.
     *
     * @param elements number of elements of each tensor by name
     */
    static Plan sumsOfSquares(Map<String, Long> elements) {
        PlanBuilder builder = new PlanBuilder();
        List<Operand> tensors = new ArrayList<>();
        elements.forEach((name, length) -> tensors.add(builder.shared(name, ElementType.FLOAT32, length)));
        if (!tensors.isEmpty()) {
            Operand sums = builder.result(SQUARES, ElementType.FLOAT64, tensors.size());
            builder.add(Kinds.SUMS_OF_SQUARES, SQUARES, tensors, List.of(sums), Attributes.NONE);
        }
        return builder.build();
    }
}
