package org.spactor.runner.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.data.Batch;
import org.spactor.data.BatchPipeline;
import org.spactor.engine.train.StepResult;
import org.spactor.runner.checkpoint.TrainingState;

/**
 * The training loop. A step: ask the curriculum what to minimise, take the next batch, compute the active losses and
 * their gradients on every replica, sum, clip, update ({@link org.spactor.engine.train.Trainer}), tell the listener,
 * and, when they are due, validate and write a checkpoint. A step whose losses or gradients are not finite is skipped:
 * it is counted and changes no parameter.
 */
public final class TrainingLoop implements AutoCloseable {
    private final Pretraining run;
    private final RunListener listener;
    private final StopRequest stop;
    private final UncountedLosses uncounted;
    private final LearningCheck learning;
    private final List<Progress.Validation> validations;
    private final BatchPipeline batches;
    private long step;
    private long tokens;
    private long flops;
    private String stage;
    private long skipped;
    private int skippedInARow;

    /**
     * A loop over a prepared run.
     *
     * @param start how far the run has come: {@link TrainingState#START}, or what the checkpoint says that the run's
     *     parameters were restored from
     * @param stop asks the loop to stop early
     */
    public TrainingLoop(Pretraining run, TrainingState start, RunListener listener, StopRequest stop) {
        this.run = run;
        this.listener = listener;
        this.stop = stop;
        this.uncounted = new UncountedLosses(run.objective(), run.settings().nonFiniteLimit(), listener);
        this.learning = new LearningCheck(run.parameters(), start.step());
        this.step = start.step();
        this.tokens = start.tokens();
        this.flops = start.flops();
        this.stage = start.stage();
        this.validations = new ArrayList<>(start.validations());
        this.skipped = start.skipped();
        this.skippedInARow = start.skippedInARow();
        this.batches = run.batches(step);
    }

    /**
     * Trains up to the last step, or until it is asked to stop; a checkpoint of the last step made is written either way.
     *
     * @return how far the run has come
     */
    public TrainingState train() {
        boolean goesOn = step < run.settings().steps();
        while (goesOn) {
            goesOn = step();
        }
        return state();
    }

    /**
     * Makes one step, and what is due behind it; behind the last one, finds out whether anything was learnt.
     *
     * @return whether there is another one to make
     * @throws IllegalStateException if there is none
     */
    public boolean step() {
        long steps = run.settings().steps();
        if (step >= steps) {
            throw new IllegalStateException("all " + steps + " steps are made");
        }
        if (step == 0) {
            validate(run.firstStep());
        }
        StepPlan plan = run.curriculum().at(new Progress(step, steps, validations));
        enterStage(plan);
        makeStep(batches.next(), plan);
        if (isDue(run.settings().validateEvery())) {
            validate(plan);
        }
        boolean stops = stop.exitCode().isPresent();
        if (stops || isCheckpointDue()) {
            checkpoint();
        }
        if (step == steps) {
            uncounted.end();
            learning.end(step, skipped);
        }
        return !stops && step < steps;
    }

    /** Writes a checkpoint of where the run is, whether one is due or not. */
    public Path checkpoint() {
        listener.checkpoint(step);
        return run.checkpoints().write(state(), listener::warning);
    }

    private void makeStep(Batch batch, StepPlan plan) {
        double learningRate = run.learningRate(step);
        StepResult result = run.step(batch, plan, step, learningRate);
        tokens += batch.tokens();
        flops += run.flopsPerStep(plan.active());
        step++;
        uncounted.step(step, stage, plan.active(), result.uncounted());
        if (result.isFinite()) {
            skippedInARow = 0;
            listener.step(new StepReport(step, stage, total(plan, result), result, learningRate, tokens, flops));
        } else {
            skip(batch, result);
        }
    }

    private void skip(Batch batch, StepResult result) {
        skipped++;
        skippedInARow++;
        String reason = whatIsNotFinite(result);
        listener.skipped(step, stage, reason, skipped);
        if (skippedInARow > run.settings().nonFiniteLimit()) {
            Path saved = run.saveForInspection(batch, step - 1);
            throw new TrainingException("step " + step + ": " + reason + ". " + skippedInARow
                    + " steps in a row were skipped, and training.non-finite-limit is "
                    + run.settings().nonFiniteLimit() + ". The batch is in " + saved + ".\n"
                    + LearningCheck.ADVICE + ". " + run.lastCheckpoint());
        }
    }

    private static String whatIsNotFinite(StepResult result) {
        StringJoiner reason = new StringJoiner(", ");
        result.losses().forEach((loss, value) -> {
            if (!Double.isFinite(value)) {
                reason.add("loss." + loss + " is " + value);
            }
        });
        if (!Double.isFinite(result.gradientNorm())) {
            reason.add("the gradients' norm is " + result.gradientNorm());
        }
        return reason.toString();
    }

    private void enterStage(StepPlan plan) {
        if (!plan.stage().equals(stage)) {
            stage = plan.stage();
            listener.stage(step, stage);
        }
    }

    private static double total(StepPlan plan, StepResult result) {
        double total = 0;
        for (Map.Entry<String, Double> loss : result.losses().entrySet()) {
            total += plan.weights().get(loss.getKey()) * loss.getValue();
        }
        return total;
    }

    private void validate(StepPlan plan) {
        Validator.Validation validation = run.validate(plan.active());
        validations.add(new Progress.Validation(step, validation.losses()));
        listener.validation(step, validation.measures());
        validation.uncounted().forEach(loss -> listener.uncounted(step, "validation", loss));
    }

    /**
     * While steps are skipped, nothing is learnt that is worth keeping, and the checkpoints before them, from which the run
     * may have to go on in another way, would be pushed out.
     */
    private boolean isCheckpointDue() {
        boolean atTheEnd = step == run.settings().steps() && skipped < step;
        boolean worthKeeping = skippedInARow == 0 || atTheEnd;
        return worthKeeping && isDue(run.settings().checkpointEvery());
    }

    /** How far the run has come. */
    public TrainingState state() {
        return new TrainingState(step, tokens, flops, stage, validations, skipped, skippedInARow);
    }

    /** Whether something that is done every so many steps is due, which it always is at the end. */
    private boolean isDue(long every) {
        return step == run.settings().steps() || (every > 0 && step % every == 0);
    }

    /** Ends the preparation of batches. */
    @Override
    public void close() {
        batches.close();
    }
}
