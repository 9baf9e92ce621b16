package org.spactor.engine.nd4j;

/** A prepared piece of work: operands, shapes and settings are fixed, so that running it again allocates nothing. */
@FunctionalInterface
interface Step {
    /** Does the work on whatever the operands hold now. */
    void run();

    /** Several steps, one after the other. */
    static Step sequence(Step... steps) {
        return () -> {
            for (Step step : steps) {
                step.run();
            }
        };
    }
}
