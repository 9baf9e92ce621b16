package org.spactor.engine.saved;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlannedModel;
import org.spactor.engine.plan.PlannedTraining;

/**
 * How {@link SavedPlans} lie in a folder: every plan in a file of its own, {@link PlanFile}, and everything else in
 * {@code plans.json}, with the plans' SHA-256, so that none is taken for another. That file is written last: a folder
 * without it is not complete.
 */
record PlansFolder(Path path) {
    private static final FileFormat FORMAT = new FileFormat("spactor-plans", 1);
    private static final String INDEX = "plans.json";
    private static final String BESIDE = "plans.json.part";

    void write(SavedPlans plans) throws IOException {
        Files.createDirectories(path);
        try (Stream<Path> there = Files.list(path)) {
            if (there.findAny().isPresent()) {
                throw new IOException(path + " is not empty: plans are saved in a folder of their own");
            }
        }
        List<PlansIndex.Training> trainings = new ArrayList<>();
        for (PlannedTraining training : plans.trainings()) {
            int number = trainings.size();
            String plan = write(training.model().plan(), trainingFile(number));
            trainings.add(PlansIndex.Training.of(training, plan, write(training.counts(), countsFile(number))));
        }
        List<PlansIndex.Model> evaluations = new ArrayList<>();
        for (PlannedModel evaluation : plans.evaluations()) {
            String plan = write(evaluation.plan(), evaluationFile(evaluations.size()));
            evaluations.add(PlansIndex.Model.of(evaluation, plan));
        }
        write(new PlansIndex(plans.key(), plans.parameters(), trainings, evaluations));
    }

    private void write(PlansIndex index) throws IOException {
        Path beside = path.resolve(BESIDE);
        try (JsonOutput json = JsonOutput.indented(Files.newOutputStream(beside))) {
            json.beginObject();
            FORMAT.write(json);
            index.write(json);
            json.endObject();
        }
        Files.move(beside, path.resolve(INDEX), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes a plan into a file of its own and returns the file's SHA-256. */
    private static String write(Plan plan, Path file) throws IOException {
        byte[] bytes = PlanFile.bytes(plan);
        Files.write(file, bytes);
        return sha256(bytes);
    }

    PlansIndex index() throws IOException {
        Path file = path.resolve(INDEX);
        try {
            return FORMAT.read(() -> new BufferedInputStream(Files.newInputStream(file)), file, PlansIndex::read);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    path + " holds no saved plans, or saving them was not finished: there is no " + INDEX, e);
        }
    }

    SavedPlans read(PlansIndex index) throws IOException {
        List<PlannedTraining> trainings = new ArrayList<>();
        for (PlansIndex.Training training : index.trainings()) {
            int number = trainings.size();
            Plan plan = plan(trainingFile(number), training.model().planSha256());
            trainings.add(training.with(plan, plan(countsFile(number), training.countsSha256())));
        }
        List<PlannedModel> evaluations = new ArrayList<>();
        for (PlansIndex.Model evaluation : index.evaluations()) {
            evaluations.add(evaluation.with(plan(evaluationFile(evaluations.size()), evaluation.planSha256())));
        }
        try {
            return new SavedPlans(index.key(), index.parameters(), trainings, evaluations);
        } catch (IllegalArgumentException e) {
            throw new IOException("the plans in " + path + " do not fit each other: " + e.getMessage(), e);
        }
    }

    private static Plan plan(Path file, String sha256) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String actual = sha256(bytes);
        if (!actual.equals(sha256)) {
            throw new IOException(file + " is cut off or was changed: its SHA-256 is " + actual + " and was " + sha256
                    + " when it was saved. Save the plans anew");
        }
        return PlanFile.plan(bytes, file);
    }

    private Path trainingFile(int number) {
        return path.resolve("training-" + number + ".json.gz");
    }

    private Path countsFile(int number) {
        return path.resolve("counts-" + number + ".json.gz");
    }

    private Path evaluationFile(int number) {
        return path.resolve("evaluation-" + number + ".json.gz");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
