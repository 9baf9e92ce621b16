package org.spactor.runner.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.spactor.runner.configuration.problem.Problems;
import org.spactor.runner.configuration.problem.ValueOrigin;

/**
 * Decides whether a run may go on although something is not as it was: what is harmless may change, what the user accepts
 * by name may too, and anything else is refused, all of it at once.
 *
 * @param accepted the keys that the user accepts
 * @param remembered the values, by key, that the user accepted when the run went on from this checkpoint before
 * @param option the option by which the user does, for messages
 */
public record ResumeCheck(Set<String> accepted, Map<String, String> remembered, String option) {
    public ResumeCheck {
        accepted = Set.copyOf(accepted);
        remembered = Map.copyOf(remembered);
    }

    /**
     * Compares.
     *
     * @param before what the checkpoint was trained with
     * @param now what it is to be trained with from here on
     * @param checkpoint its folder, for messages
     * @param origins where the value of a key was written
     * @return the differences that are let through, which the user should hear of
     * @throws org.spactor.runner.configuration.problem.ConfigurationException if there are others, with all of them
     */
    public List<RunIdentity.Difference> check(
            RunIdentity before, RunIdentity now, Path checkpoint, Function<String, ValueOrigin> origins) {
        List<RunIdentity.Difference> passed = new ArrayList<>();
        Problems problems = new Problems();
        for (RunIdentity.Difference difference : before.differences(now)) {
            String key = difference.key();
            if (difference.harmless()
                    || accepted.contains(key)
                    || difference.now().equals(remembered.get(key))) {
                passed.add(difference);
            } else {
                problems.add(
                        key,
                        difference.before() + " in the checkpoint, now " + difference.now() + ". To go on anyway: "
                                + option + " " + key,
                        origins.apply(key));
            }
        }
        problems.throwIfAny("what is to go on from " + checkpoint);
        return passed;
    }
}
