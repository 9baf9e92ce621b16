package org.spactor.runner.configuration.problem;

import java.util.Collection;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody who mistyped a name probably meant. */
public final class Suggestions {
    private Suggestions() {}

    /** For instance {@code no corruptor 'spna'. Did you mean 'span'?  Available: span, token-mask}. */
    public static String noSuch(String what, String word, Collection<String> candidates) {
        return noSuch(what, word, candidates, candidates.isEmpty() ? "none" : String.join(", ", candidates));
    }

    /** The same with a listing that says more than the names. */
    public static String noSuch(String what, String word, Collection<String> candidates, String listing) {
        String suggestion = closest(word, candidates)
                .map(candidate -> " Did you mean '" + candidate + "'?")
                .orElse("");
        return "no " + what + " '" + word + "'." + suggestion + "  Available: " + listing;
    }

    /** The candidate that is the fewest edits away, if those are so few that it is a likely slip. */
    public static Optional<String> closest(String word, Collection<String> candidates) {
        String closest = null;
        int fewest = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int edits = LevenshteinDistance.getDefaultInstance().apply(word, candidate);
            if (edits < fewest && edits <= likely(Math.max(word.length(), candidate.length()))) {
                closest = candidate;
                fewest = edits;
            }
        }
        return Optional.ofNullable(closest);
    }

    /** Two edits, a transposition being two, or a third of a long name; never more than half of a short one. */
    private static int likely(int length) {
        return Math.min(length / 2, Math.max(2, length / 3));
    }
}
