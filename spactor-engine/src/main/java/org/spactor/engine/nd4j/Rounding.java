package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.plan.Plan;

/** Rounds float32 arrays into bfloat16 arrays, each thread its share of every array. */
public final class Rounding implements AutoCloseable {
    private final Nd4jMemory memory;
    private final List<Step[]> pieces = new ArrayList<>();

    Rounding(Products products, Map<INDArray, INDArray> copies, int threads) {
        this.memory = new Nd4jMemory(new Plan(List.of(), List.of(), Map.of(), Map.of()), Map.of(), threads);
        copies.forEach((array, copy) -> products.round(array, copy, memory).addTo(pieces));
    }

    /** Does the share of one thread, counted from 0. */
    public void round(int thread) {
        for (Step[] parts : pieces) {
            if (thread < parts.length) {
                parts[thread].run();
            }
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
