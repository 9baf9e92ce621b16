package org.spactor.runner.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.data.Batch;
import org.spactor.data.BatchPipeline;
import org.spactor.engine.train.StepResult;

/**
 * The training loop. A step: ask the curriculum what to minimise, take the next batch, compute the active losses and
 * their gradients on every replica, sum, clip, update ({@link org.spactor.engine.train.Trainer}), tell the listener,
 * and, when they are due, validate and write a checkpoint.
 */
public final class TrainingLoop {
    private final Pretraining run;
    private final RunListener listener;
    private final List<Progress.Validation> validations = new ArrayList<>();
    private String stage = "";
    private long tokens;
    private long flops;

    /** A loop over a prepared run. */
    public TrainingLoop(Pretraining run, RunListener listener) {
        this.run = run;
        this.listener = listener;
    }

    /** Trains from the first step to the last. */
    public void train() {
        long steps = run.settings().steps();
        validate(0, run.firstStep());
        try (BatchPipeline batches = run.batches(0)) {
            for (long step = 0; step < steps; step++) {
                StepPlan plan = run.curriculum().at(new Progress(step, steps, validations));
                enterStage(step, plan);
                Batch batch = batches.next();
                double learningRate = run.learningRate(step);
                StepResult result =
                        run.trainer().step(new BatchExamples(batch), plan.activeWeights(), step, learningRate);
                tokens += batch.tokens();
                flops += run.flopsPerStep(plan.active());
                report(step + 1, plan, result, learningRate);
                if (isDue(step + 1, run.settings().validateEvery())) {
                    validate(step + 1, plan);
                }
                if (isDue(step + 1, run.settings().checkpointEvery())) {
                    run.checkpoints().write(step + 1, tokens, flops);
                }
            }
        }
    }

    private void enterStage(long step, StepPlan plan) {
        if (!plan.stage().equals(stage)) {
            stage = plan.stage();
            listener.stage(step, stage);
        }
    }

    private void report(long step, StepPlan plan, StepResult result, double learningRate) {
        double total = 0;
        for (Map.Entry<String, Double> loss : result.losses().entrySet()) {
            total += plan.weights().get(loss.getKey()) * loss.getValue();
        }
        if (!Double.isFinite(total) || !Double.isFinite(result.gradientNorm())) {
            throw new TrainingException("step " + step + " has loss " + total + " and gradient norm "
                    + result.gradientNorm() + ". A smaller learning rate (optimizer.options.learning-rate), a longer"
                    + " warm-up (schedule.options.warm-up) or clipping (training.clip-norm) may help");
        }
        listener.step(new StepReport(step, stage, total, result, learningRate, tokens, flops));
    }

    private void validate(long step, StepPlan plan) {
        Validator.Validation validation = run.validator().validate(plan.active());
        validations.add(new Progress.Validation(step, validation.losses()));
        listener.validation(step, validation.measures());
    }

    /** Whether something that is done every so many steps is due, which it always is at the end. */
    private boolean isDue(long step, long every) {
        return step == run.settings().steps() || (every > 0 && step % every == 0);
    }
}
