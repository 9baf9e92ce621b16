package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A prepared piece of work: operands, shapes and settings are fixed, so that running it again allocates nothing. */
@FunctionalInterface
interface Step {
    /** Does the work on whatever the operands hold now, on the calling thread. */
    void run();

    /**
     * Adds what this step consists of to a list: pieces that have to be done one after the other, each of them in parts
     * that may be done at the same time.
     */
    default void addTo(List<Step[]> pieces) {
        pieces.add(new Step[] {this});
    }

    /** Several steps, one after the other. */
    static Step sequence(Step... steps) {
        return new Sequence(steps);
    }

    /** Several steps that may be done at the same time: none reads or writes what another one writes. */
    static Step parts(Step... steps) {
        return steps.length == 1 ? steps[0] : new Parts(steps);
    }

    /**
     * Several steps that may be done at the same time, each cut into parts: a thread does its part of all of them, without
     * waiting for the others in between.
     */
    static Step together(List<Step> steps) {
        List<List<Step>> byThread = new ArrayList<>();
        for (Step step : steps) {
            Step[] parts = step instanceof Parts some ? some.steps : new Step[] {step};
            for (int i = 0; i < parts.length; i++) {
                if (i == byThread.size()) {
                    byThread.add(new ArrayList<>());
                }
                byThread.get(i).add(parts[i]);
            }
        }
        Step[] parts = new Step[byThread.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = sequence(byThread.get(i).toArray(Step[]::new));
        }
        return parts(parts);
    }

    /**
     * One of two steps that are cut into the same parts, whichever is wanted when it is run.
     *
     * @param first tells whether it is the first one
     */
    static Step either(BooleanSupplier first, Step yes, Step no) {
        if (yes instanceof Parts some && no instanceof Parts others && some.steps.length == others.steps.length) {
            Step[] parts = new Step[some.steps.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = either(first, some.steps[i], others.steps[i]);
            }
            return new Parts(parts);
        }
        return () -> {
            if (first.getAsBoolean()) {
                yes.run();
            } else {
                no.run();
            }
        };
    }

    /** Several steps, one after the other. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sequence(Step[] steps) implements Step {
        @Override
        public void run() {
            for (Step step : steps) {
                step.run();
            }
        }

        @Override
        public void addTo(List<Step[]> pieces) {
            for (Step step : steps) {
                step.addTo(pieces);
            }
        }
    }

    /** Several steps that may be done at the same time. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Parts(Step[] steps) implements Step {
        @Override
        public void run() {
            for (Step step : steps) {
                step.run();
            }
        }

        @Override
        public void addTo(List<Step[]> pieces) {
            pieces.add(steps);
        }
    }
}
