package org.spactor.runner.training;

import java.util.Map;

/** Hears of everything that happens in a run, in order: what the terminal shows and the metrics file keeps. */
public interface RunListener {
    /** A stage begins with the step that follows. */
    void stage(long step, String stage);

    /** A step was made. */
    void step(StepReport report);

    /**
     * A validation was made after some steps.
     *
     * @param measures losses in nats a token and metrics, by the names of {@code metrics.jsonl}
     */
    void validation(long step, Map<String, Double> measures);

    /** Several listeners as one. */
    static RunListener all(RunListener... listeners) {
        return new RunListener() {
            @Override
            public void stage(long step, String stage) {
                for (RunListener listener : listeners) {
                    listener.stage(step, stage);
                }
            }

            @Override
            public void step(StepReport report) {
                for (RunListener listener : listeners) {
                    listener.step(report);
                }
            }

            @Override
            public void validation(long step, Map<String, Double> measures) {
                for (RunListener listener : listeners) {
                    listener.validation(step, measures);
                }
            }
        };
    }
}
