package org.spactor.engine.saved;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.plan.PlannedFeature;
import org.spactor.engine.plan.PlannedModel;
import org.spactor.engine.plan.PlannedTraining;
import org.spactor.engine.plan.Planner;

/**
 * All that training and measuring a model needs beside its batches, planned beforehand, to be saved in a folder and loaded
 * where there is no SameDiff.
 *
 * @param key what the plans are for
 * @param parameters all of the model, in the order in which they were declared
 * @param trainings the models to train, of different losses or sizes
 * @param evaluations the models to measure, of different losses or sizes
 */
public record SavedPlans(
        PlansKey key,
        List<ParameterSpecification> parameters,
        List<PlannedTraining> trainings,
        List<PlannedModel> evaluations)
        implements Planner {
    /**
     * Plans that fit each other.
     *
     * @throws IllegalArgumentException if a plan reads a parameter that is not there or has another size, takes a feature
     *     of another size, or does not leave what it has to
     */
    public SavedPlans {
        parameters = List.copyOf(parameters);
        trainings = List.copyOf(trainings);
        evaluations = List.copyOf(evaluations);
        Map<String, Long> elements = new HashMap<>();
        for (ParameterSpecification parameter : parameters) {
            if (elements.put(parameter.name(), parameter.elements()) != null) {
                throw new IllegalArgumentException("the parameter '" + parameter.name() + "' is there twice");
            }
        }
        for (PlannedTraining training : trainings) {
            PlannedModel model = training.model();
            requireFits(model, elements);
            requireParameters(training.counts(), elements);
            requireFeatures(training.counts(), model);
            model.losses().forEach(loss -> requireResult(training.counts(), PlanNames.countOf(loss)));
        }
        evaluations.forEach(model -> requireFits(model, elements));
    }

    /**
     * Saves everything in a folder that is new or empty.
     *
     * @throws IOException if it cannot be written, or the folder holds something
     */
    public void save(Path folder) throws IOException {
        new PlansFolder(folder).write(this);
    }

    /**
     * Loads what was saved in a folder.
     *
     * @param key what plans are wanted for
     * @throws IOException if the folder cannot be read, something in it is not as it was saved, or it was saved for
     *     another key; the message says which file or what of the key
     */
    public static SavedPlans load(Path folder, PlansKey key) throws IOException {
        PlansFolder saved = new PlansFolder(folder);
        PlansIndex index = saved.index();
        List<String> differences = index.key().differences(key);
        if (!differences.isEmpty()) {
            throw new IOException("the plans in " + folder + " are for something else: "
                    + String.join("; ", differences) + ". Save plans for what is wanted in another folder");
        }
        return saved.read(index);
    }

    /**
     * What the plans in a folder are for, for a caller that takes them as they are.
     *
     * @throws IOException if the folder cannot be read
     */
    public static PlansKey key(Path folder) throws IOException {
        return new PlansFolder(folder).index().key();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if it was not saved; the message lists what was
     */
    @Override
    public PlannedTraining training(Set<String> losses, int batchSize, boolean accumulates) {
        for (PlannedTraining training : trainings) {
            if (isOf(training.model(), losses, batchSize) && training.accumulates() == accumulates) {
                return training;
            }
        }
        throw notSaved(describedTraining(losses, batchSize, accumulates));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if it was not saved; the message lists what was
     */
    @Override
    public PlannedModel evaluation(Set<String> losses, int batchSize) {
        for (PlannedModel evaluation : evaluations) {
            if (isOf(evaluation, losses, batchSize)) {
                return evaluation;
            }
        }
        throw notSaved(describedEvaluation(losses, batchSize));
    }

    private static boolean isOf(PlannedModel model, Set<String> losses, int batchSize) {
        return model.losses().equals(losses) && model.batchSize() == batchSize;
    }

    private IllegalArgumentException notSaved(String wanted) {
        List<String> saved = new ArrayList<>();
        for (PlannedTraining training : trainings) {
            saved.add(describedTraining(
                    training.model().losses(), training.model().batchSize(), training.accumulates()));
        }
        for (PlannedModel evaluation : evaluations) {
            saved.add(describedEvaluation(evaluation.losses(), evaluation.batchSize()));
        }
        return new IllegalArgumentException("no plan was saved for " + wanted + ", only for: "
                + String.join("; ", saved) + ". Save plans for what is wanted, too");
    }

    private static String describedTraining(Set<String> losses, int batchSize, boolean accumulates) {
        return "training " + new TreeSet<>(losses) + " on " + batchSize + " examples a run, "
                + (accumulates ? "with" : "without") + " accumulation";
    }

    private static String describedEvaluation(Set<String> losses, int batchSize) {
        return "evaluating " + new TreeSet<>(losses) + " on " + batchSize + " examples a run";
    }

    private static void requireFits(PlannedModel model, Map<String, Long> parameters) {
        requireParameters(model.plan(), parameters);
        requireFeatures(model.plan(), model);
        for (Set<String> names : List.of(model.losses(), model.metrics())) {
            for (String name : names) {
                requireResult(model.plan(), PlanNames.sumOf(name));
                requireResult(model.plan(), PlanNames.countOf(name));
            }
        }
    }

    private static void requireParameters(Plan plan, Map<String, Long> parameters) {
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter parameter) {
                boolean rounded = buffer.type() == ElementType.BFLOAT16;
                String name = rounded ? PlanNames.originalOf(parameter.name()) : parameter.name();
                Long elements = parameters.get(name);
                if (elements == null || elements != buffer.elements()) {
                    throw new IllegalArgumentException("a plan reads the parameter '" + name + "' of "
                            + buffer.elements() + " elements, but the model has "
                            + (elements == null ? "none of this name" : "one of " + elements));
                }
            }
        }
    }

    private static void requireFeatures(Plan plan, PlannedModel model) {
        Map<String, Long> elements = new HashMap<>();
        for (PlannedFeature feature : model.features()) {
            elements.put(PlanNames.inputOf(feature.feature()), (long) model.batchSize() * feature.length());
        }
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Input input && buffer.type() == ElementType.INT32) {
                Long fed = elements.get(input.name());
                if (fed == null || fed != buffer.elements()) {
                    throw new IllegalArgumentException("a plan reads " + buffer.elements() + " numbers of '"
                            + input.name() + "', but " + (fed == null ? "no feature is" : fed + " are")
                            + " fed under this name");
                }
            }
        }
    }

    private static void requireResult(Plan plan, String name) {
        if (!plan.results().containsKey(name)) {
            throw new IllegalArgumentException(
                    "a plan leaves no '" + name + "', only " + plan.results().keySet());
        }
    }
}
