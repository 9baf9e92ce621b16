package org.spactor.runner.assembly;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.objective.Objective;
import org.spactor.runner.component.ComponentIdentity;

/**
 * Whether components that were made apart can work together: the curriculum weighs losses that the objective has and looks
 * at ones that are measured, and the architecture has the parts that the objective needs. Settled before anything runs.
 */
final class Agreement {
    private static final String STAGE = "hybrid.";
    private static final String REMEDY = ". The curriculum 'weighted' weighs any losses of any objective";

    private final List<String> learnt = new ArrayList<>();
    private final List<String> curriculumProblems = new ArrayList<>();
    private final List<String> architectureProblems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Compares three components; names are for messages. */
    Agreement(
            Objective objective,
            ComponentIdentity objectiveName,
            Curriculum curriculum,
            ComponentIdentity curriculumName,
            Architecture architecture,
            ComponentIdentity architectureName) {
        learnt.addAll(objective.losses());
        learnt.retainAll(curriculum.losses());
        compareLosses(objective, objectiveName, curriculum, curriculumName);
        if (curriculumProblems.isEmpty()) {
            compareWatched(objective, curriculum, curriculumName);
            compareParts(objective, objectiveName, architecture, architectureName);
        }
    }

    /** The losses that are learnt at one time or another, in the objective's order. */
    List<String> learnt() {
        return learnt;
    }

    /** What is wrong with the choice of curriculum. */
    List<String> curriculumProblems() {
        return curriculumProblems;
    }

    /** What is wrong with the choice of architecture. */
    List<String> architectureProblems() {
        return architectureProblems;
    }

    /** What is allowed and may not be meant. */
    List<String> warnings() {
        return warnings;
    }

    private void compareLosses(
            Objective objective,
            ComponentIdentity objectiveName,
            Curriculum curriculum,
            ComponentIdentity curriculumName) {
        List<String> unknown = new ArrayList<>(curriculum.losses());
        unknown.removeAll(objective.losses());
        unknown.removeAll(curriculum.optionalLosses());
        if (learnt.isEmpty()) {
            curriculumProblems.add(curriculumName + " weighs " + list(curriculum.losses()) + ", and " + objectiveName
                    + " has " + list(objective.losses()) + ": they have no loss in common" + REMEDY);
        } else if (!unknown.isEmpty()) {
            curriculumProblems.add(curriculumName + " weighs " + list(unknown) + ", which " + objectiveName
                    + " does not have: it has " + list(objective.losses()) + REMEDY);
        }
        List<String> never = new ArrayList<>(objective.losses());
        never.removeAll(learnt);
        if (!never.isEmpty() && !learnt.isEmpty()) {
            warnings.add("nothing is learnt of the loss " + list(never) + " of " + objectiveName + ": " + curriculumName
                    + " weighs only " + list(learnt));
        }
    }

    private void compareWatched(Objective objective, Curriculum curriculum, ComponentIdentity curriculumName) {
        Set<String> measured = new LinkedHashSet<>(objective.validationLosses());
        learnt.forEach(loss -> measured.add(STAGE + loss));
        Set<String> unknown = new TreeSet<>(curriculum.watches());
        unknown.removeAll(measured);
        if (!unknown.isEmpty()) {
            curriculumProblems.add(curriculumName + " watches the validation loss " + list(unknown)
                    + ", and what is measured is " + list(measured));
        }
    }

    private void compareParts(
            Objective objective,
            ComponentIdentity objectiveName,
            Architecture architecture,
            ComponentIdentity architectureName) {
        Set<String> computed = new LinkedHashSet<>(learnt);
        computed.addAll(objective.validationLosses());
        List<String> missing = new ArrayList<>();
        for (Class<? extends Part> part : objective.needs(computed)) {
            if (architecture.part(part).isEmpty()) {
                missing.add(part.getSimpleName());
            }
        }
        if (!missing.isEmpty()) {
            List<String> there = new ArrayList<>();
            for (Class<? extends Part> part :
                    List.of(Encoder.class, Decoder.class, CausalDecoder.class, TokenGenerator.class)) {
                if (architecture.part(part).isPresent()) {
                    there.add(part.getSimpleName());
                }
            }
            architectureProblems.add(architectureName + " has no " + String.join(" and no ", missing) + ", which "
                    + objectiveName + " needs for " + list(computed) + "; it has "
                    + (there.isEmpty() ? "none of the API's parts" : String.join(", ", there)));
        }
    }

    private static String list(Iterable<String> names) {
        return "'" + String.join("', '", names) + "'";
    }
}
