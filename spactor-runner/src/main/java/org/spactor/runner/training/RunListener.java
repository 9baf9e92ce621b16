package org.spactor.runner.training;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hears of everything that happens in a run, in order: what the terminal shows and the metrics file keeps. A method that
 * is not overridden does nothing.
 */
public interface RunListener {
    /** A stage begins with the step that follows. */
    default void stage(long step, String stage) {}

    /** A step was made. */
    default void step(StepReport report) {}

    /**
     * A step was made that changed nothing, because a loss or a gradient was not finite.
     *
     * @param step number of steps made, this one included
     * @param reason what was not finite
     * @param skipped number of steps skipped since the run began
     */
    default void skipped(long step, String stage, String reason, long skipped) {}

    /**
     * A loss of a step counted nothing, so that nothing was learnt of it. Told when it begins, not at every step.
     *
     * @param step number of steps made, this one included
     */
    default void uncounted(long step, String stage, String loss) {}

    /**
     * A validation was made after some steps.
     *
     * @param measures losses in nats a token and metrics, by the names of {@code metrics.jsonl}
     */
    default void validation(long step, Map<String, Double> measures) {}

    /** A checkpoint is about to be written: what was heard so far has to be on the disk before it. */
    default void checkpoint(long step) {}

    /** Something that the user should know of, but that does not end the run. */
    default void warning(String text) {}

    /** Hears of steps alone. */
    static RunListener ofSteps(Consumer<StepReport> listener) {
        return new RunListener() {
            @Override
            public void step(StepReport report) {
                listener.accept(report);
            }
        };
    }

    /**
     * Several listeners as one.
     *
     * @param listeners looked at whenever there is something to tell
     */
    static RunListener all(List<? extends RunListener> listeners) {
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
