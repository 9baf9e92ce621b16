package org.spactor.runner.training;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.train.Evaluator;

/**
 * Measures losses on held-out text, the same batches every time: the objective's validation losses, on clean inputs, and,
 * while a stage has other losses, all that the stage computes, under the prefix {@code hybrid.}
 */
final class Validator implements AutoCloseable {
    private static final String STAGE = "hybrid.";

    private final Model model;
    private final List<BatchExamples> batches;
    private final long seed;
    private final Evaluator clean;
    private Evaluator stage;

    Validator(Model model, Set<String> validationLosses, TrainingData data, long seed) {
        this.model = model;
        this.seed = seed;
        this.batches = data.validation().stream().map(BatchExamples::new).toList();
        this.clean = model.evaluator(validationLosses);
    }

    /**
     * Validates.
     *
     * @param active the losses of the stage
     */
    Validation validate(Set<String> active) {
        Map<String, Double> losses = new LinkedHashMap<>();
        Map<String, Double> measures = new LinkedHashMap<>();
        if (batches.isEmpty()) {
            return new Validation(losses, measures, Set.of());
        }
        Set<String> uncounted = new LinkedHashSet<>();
        add("", clean.evaluate(batches, seed), losses, measures, uncounted);
        if (!clean.losses().containsAll(active)) {
            add(STAGE, stage(active).evaluate(batches, seed), losses, measures, uncounted);
        }
        return new Validation(losses, measures, uncounted);
    }

    private static void add(
            String prefix,
            Evaluator.Evaluation evaluation,
            Map<String, Double> losses,
            Map<String, Double> measures,
            Set<String> uncounted) {
        evaluation.uncounted().forEach(loss -> uncounted.add(prefix + loss));
        evaluation.losses().forEach((name, loss) -> {
            losses.put(prefix + name, loss);
            measures.put(prefix + "loss." + name, loss);
        });
        evaluation.metrics().forEach((name, value) -> measures.put(prefix + name, value));
    }

    private Evaluator stage(Set<String> active) {
        if (stage != null && !stage.losses().equals(active)) {
            stage.close();
            stage = null;
        }
        if (stage == null) {
            stage = model.evaluator(active);
        }
        return stage;
    }

    /** Memory of the plan that is always there, in bytes a replica. */
    long bytes() {
        return clean.plan().bytes();
    }

    @Override
    public void close() {
        clean.close();
        if (stage != null) {
            stage.close();
        }
    }

    /**
     * What a validation found.
     *
     * @param losses by the names a curriculum knows: {@code sc}, {@code hybrid.mlm}
     * @param measures by the names of {@code metrics.jsonl}: {@code loss.sc}, {@code hybrid.loss.mlm}
     * @param uncounted losses of which there was nothing to measure, by the names a curriculum knows
     */
    record Validation(Map<String, Double> losses, Map<String, Double> measures, Set<String> uncounted) {}
}
