package org.spactor.runner.training;

import java.util.Map;

/** Hears of everything that happens in a run, in order: what the terminal shows and the metrics file keeps. */
public interface RunListener {
    /** A stage begins with the step that follows. */
    void stage(long step, String stage);

    /** A step was made. */
    void step(StepReport report);

    /**
     * A step was made that changed nothing, because a loss or a gradient was not finite.
     *
     * @param step number of steps made, this one included
     * @param reason what was not finite
     * @param skipped number of steps skipped since the run began
     */
    void skipped(long step, String stage, String reason, long skipped);

    /**
     * A loss of a step counted nothing, so that nothing was learnt of it. Told when it begins, not at every step.
     *
     * @param step number of steps made, this one included
     */
    void uncounted(long step, String stage, String loss);

    /**
     * A validation was made after some steps.
     *
     * @param measures losses in nats a token and metrics, by the names of {@code metrics.jsonl}
     */
    void validation(long step, Map<String, Double> measures);

    /** A checkpoint is about to be written: what was heard so far has to be on the disk before it. */
    void checkpoint(long step);

    /** Something that the user should know of, but that does not end the run. */
    void warning(String text);

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
            public void skipped(long step, String stage, String reason, long skipped) {
                for (RunListener listener : listeners) {
                    listener.skipped(step, stage, reason, skipped);
                }
            }

            @Override
            public void uncounted(long step, String stage, String loss) {
                for (RunListener listener : listeners) {
                    listener.uncounted(step, stage, loss);
                }
            }

            @Override
            public void warning(String text) {
                for (RunListener listener : listeners) {
                    listener.warning(text);
                }
            }

            @Override
            public void checkpoint(long step) {
                for (RunListener listener : listeners) {
                    listener.checkpoint(step);
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
