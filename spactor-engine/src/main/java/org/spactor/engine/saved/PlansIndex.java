package org.spactor.engine.saved;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.spactor.api.corruption.Feature;
import org.spactor.api.graph.Initializer;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlannedFeature;
import org.spactor.engine.plan.PlannedModel;
import org.spactor.engine.plan.PlannedTraining;

/**
 * What {@link SavedPlans} are beside the plans themselves, of which there is the SHA-256 of the file.
 *
 * @param key what the plans are for
 * @param parameters all of the model, in the order in which they were declared
 * @param trainings in the order of their files
 * @param evaluations in the order of their files
 */
record PlansIndex(
        PlansKey key, List<ParameterSpecification> parameters, List<Training> trainings, List<Model> evaluations) {
    private static final String KEY = "key";
    private static final String PARAMETERS = "parameters";
    private static final String NAME = "name";
    private static final String SHAPE = "shape";
    private static final String INITIALIZER = "initializer";
    private static final String NORMAL = "normal";
    private static final String CONSTANT = "constant";
    private static final String TRAININGS = "trainings";
    private static final String EVALUATIONS = "evaluations";
    private static final String ACCUMULATES = "accumulates";
    private static final String BATCH_SIZE = "batch-size";
    private static final String LOSSES = "losses";
    private static final String METRICS = "metrics";
    private static final String FEATURES = "features";
    private static final String FEATURE = "feature";
    private static final String LENGTH = "length";
    private static final String LEAST = "least";
    private static final String GREATEST = "greatest";
    private static final String DOMAIN = "domain";
    private static final String TOKENS = "tokens";
    private static final String POSITIONS = "positions";
    private static final String LABELS = "labels";
    private static final String PLAN = "plan-sha256";
    private static final String COUNTS = "counts-sha256";

    /** A {@link PlannedTraining}. */
    record Training(Model model, String countsSha256, boolean accumulates) {
        static Training of(PlannedTraining training, String planSha256, String countsSha256) {
            return new Training(Model.of(training.model(), planSha256), countsSha256, training.accumulates());
        }

        PlannedTraining with(Plan plan, Plan counts) {
            return new PlannedTraining(model.with(plan), counts, accumulates);
        }
    }

    /** A {@link PlannedModel}. */
    record Model(
            Set<String> losses, Set<String> metrics, int batchSize, List<PlannedFeature> features, String planSha256) {
        static Model of(PlannedModel model, String planSha256) {
            return new Model(model.losses(), model.metrics(), model.batchSize(), model.features(), planSha256);
        }

        PlannedModel with(Plan plan) {
            return new PlannedModel(plan, batchSize, features, losses, metrics);
        }
    }

    /** Writes the fields of an object. */
    void write(JsonOutput json) throws IOException {
        json.field(KEY);
        json.beginObject();
        for (Map.Entry<String, String> value : key.values().entrySet()) {
            json.field(value.getKey());
            json.text(value.getValue());
        }
        json.endObject();
        json.field(PARAMETERS);
        json.beginList();
        for (ParameterSpecification parameter : parameters) {
            write(json, parameter);
        }
        json.endList();
        json.field(TRAININGS);
        json.beginList();
        for (Training training : trainings) {
            json.beginObject();
            write(json, training.model());
            json.field(COUNTS);
            json.text(training.countsSha256());
            json.field(ACCUMULATES);
            json.flag(training.accumulates());
            json.endObject();
        }
        json.endList();
        json.field(EVALUATIONS);
        json.beginList();
        for (Model evaluation : evaluations) {
            json.beginObject();
            write(json, evaluation);
            json.endObject();
        }
        json.endList();
    }

    private static void write(JsonOutput json, ParameterSpecification parameter) throws IOException {
        json.beginObject();
        json.field(NAME);
        json.text(parameter.name());
        json.field(SHAPE);
        json.wholes(parameter.shape());
        json.field(INITIALIZER);
        json.beginObject();
        if (parameter.initializer() instanceof Initializer.Normal normal) {
            json.field(NORMAL);
            json.real(normal.standardDeviation());
        } else if (parameter.initializer() instanceof Initializer.Constant constant) {
            json.field(CONSTANT);
            json.real(constant.value());
        } else {
            throw new IllegalArgumentException("there is no way to write the initializer " + parameter.initializer());
        }
        json.endObject();
        json.endObject();
    }

    /** Writes the fields of an object that a model is. */
    private static void write(JsonOutput json, Model model) throws IOException {
        json.field(LOSSES);
        json.names(model.losses());
        json.field(METRICS);
        json.names(model.metrics());
        json.field(BATCH_SIZE);
        json.whole(model.batchSize());
        json.field(FEATURES);
        json.beginList();
        for (PlannedFeature planned : model.features()) {
            json.beginObject();
            json.field(FEATURE);
            write(json, planned.feature());
            json.field(LENGTH);
            json.whole(planned.length());
            json.field(LEAST);
            json.whole(planned.least());
            json.field(GREATEST);
            json.whole(planned.greatest());
            json.endObject();
        }
        json.endList();
        json.field(PLAN);
        json.text(model.planSha256());
    }

    private static void write(JsonOutput json, Feature feature) throws IOException {
        json.beginObject();
        json.field(NAME);
        json.text(feature.name());
        json.field(DOMAIN);
        json.beginObject();
        if (feature.domain() instanceof Feature.Domain.Positions positions) {
            json.field(POSITIONS);
            write(json, positions.in());
        } else if (feature.domain() instanceof Feature.Domain.Labels labels) {
            json.field(LABELS);
            json.whole(labels.classes());
        } else {
            json.field(TOKENS);
            json.flag(true);
        }
        json.endObject();
        json.endObject();
    }

    /** Reads the fields of an object. */
    static PlansIndex read(JsonInput json) throws IOException {
        Map<String, String> key = new TreeMap<>();
        json.field(KEY);
        json.beginObject();
        while (json.hasMore()) {
            String name = json.name();
            key.put(name, json.text());
        }
        json.endObject();
        List<ParameterSpecification> parameters = new ArrayList<>();
        json.field(PARAMETERS);
        json.beginList();
        while (json.hasMore()) {
            parameters.add(parameter(json));
        }
        json.endList();
        List<Training> trainings = new ArrayList<>();
        json.field(TRAININGS);
        json.beginList();
        while (json.hasMore()) {
            trainings.add(training(json));
        }
        json.endList();
        List<Model> evaluations = new ArrayList<>();
        json.field(EVALUATIONS);
        json.beginList();
        while (json.hasMore()) {
            json.beginObject();
            evaluations.add(model(json));
            json.endObject();
        }
        json.endList();
        return new PlansIndex(new PlansKey(key), parameters, trainings, evaluations);
    }

    private static ParameterSpecification parameter(JsonInput json) throws IOException {
        json.beginObject();
        json.field(NAME);
        String name = json.text();
        json.field(SHAPE);
        long[] shape = json.wholes();
        json.field(INITIALIZER);
        json.beginObject();
        String kind = json.name();
        Initializer initializer = switch (kind) {
            case NORMAL -> new Initializer.Normal(json.real());
            case CONSTANT -> new Initializer.Constant(json.real());
            default -> throw new IllegalArgumentException("there is no initializer '" + kind + "'" + json.where());
        };
        json.endObject();
        json.endObject();
        return new ParameterSpecification(name, shape, initializer);
    }

    private static Training training(JsonInput json) throws IOException {
        json.beginObject();
        Model model = model(json);
        json.field(COUNTS);
        String counts = json.text();
        json.field(ACCUMULATES);
        boolean accumulates = json.flag();
        json.endObject();
        return new Training(model, counts, accumulates);
    }

    private static Model model(JsonInput json) throws IOException {
        json.field(LOSSES);
        Set<String> losses = json.names();
        json.field(METRICS);
        Set<String> metrics = json.names();
        json.field(BATCH_SIZE);
        int batchSize = json.count();
        List<PlannedFeature> features = new ArrayList<>();
        json.field(FEATURES);
        json.beginList();
        while (json.hasMore()) {
            json.beginObject();
            json.field(FEATURE);
            Feature feature = feature(json);
            json.field(LENGTH);
            int length = json.count();
            json.field(LEAST);
            long least = json.whole();
            json.field(GREATEST);
            long greatest = json.whole();
            json.endObject();
            features.add(new PlannedFeature(feature, length, least, greatest));
        }
        json.endList();
        json.field(PLAN);
        return new Model(losses, metrics, batchSize, features, json.text());
    }

    private static Feature feature(JsonInput json) throws IOException {
        json.beginObject();
        json.field(NAME);
        String name = json.text();
        json.field(DOMAIN);
        json.beginObject();
        String kind = json.name();
        Feature.Domain domain = switch (kind) {
            case POSITIONS -> new Feature.Domain.Positions(feature(json));
            case LABELS -> new Feature.Domain.Labels(json.count());
            case TOKENS -> tokens(json);
            default ->
                throw new IllegalArgumentException("there is no domain '" + kind + "' of features" + json.where());
        };
        json.endObject();
        json.endObject();
        return new Feature(name, domain);
    }

    private static Feature.Domain tokens(JsonInput json) throws IOException {
        if (!json.flag()) {
            throw new IllegalArgumentException("a feature cannot be no tokens" + json.where());
        }
        return new Feature.Domain.Tokens();
    }
}
