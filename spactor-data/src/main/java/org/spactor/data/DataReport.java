package org.spactor.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What a reader found.
 *
 * @param documents number of usable documents
 * @param characters number of characters (UTF-16 units) of the usable documents
 * @param problems what could not be used, by kind; without entries for what did not happen
 * @param otherFiles files in the given folders that are of no kind that is read
 */
public record DataReport(long documents, long characters, Map<Problem, Occurrences> problems, Occurrences otherFiles) {
    private static final int MOST_PLACES = 5;

    public DataReport {
        problems = problems.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(problems));
    }

    /** Number of documents that could not be used. */
    public long unusable() {
        return problems.values().stream().mapToLong(Occurrences::count).sum();
    }

    /** The share of the documents that could not be used, in [0, 1]; 0 if there are none at all. */
    public double unusableShare() {
        return unusable() == 0 ? 0 : (double) unusable() / (documents + unusable());
    }

    /** One line for every kind of problem and for the files that were not read; empty if there is nothing to tell. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        problems.forEach((problem, occurrences) -> lines.add(problem.description() + ": " + occurrences));
        if (otherFiles.count() > 0) {
            lines.add("files of other kinds, not read: " + otherFiles);
        }
        return List.copyOf(lines);
    }

    /**
     * Checks that there is something to use, and not too much that cannot be.
     *
     * @param maximumBadShare greatest share of the documents, in [0, 1], that may be unusable
     */
    void requireUsable(double maximumBadShare) {
        if (documents > 0 && unusableShare() <= maximumBadShare) {
            return;
        }
        long all = documents + unusable();
        String what = documents == 0
                ? "none of the " + all + " documents can be used"
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d documents cannot be used, that is %.1f %% where %.1f %% are tolerated",
                        unusable(),
                        all,
                        100 * unusableShare(),
                        100 * maximumBadShare);
        throw new DataException(what + ". Repair or remove them:\n  " + String.join("\n  ", lines()));
    }

    /**
     * How often something happened, and where at first.
     *
     * @param count number of times
     * @param places the first few of them
     */
    public record Occurrences(long count, List<Place> places) {
        /** Nothing happened. */
        public static final Occurrences NONE = new Occurrences(0, List.of());

        public Occurrences {
            places = List.copyOf(places);
        }

        /** This and one more; its place is kept while there are only a few. */
        Occurrences and(Place place) {
            List<Place> more = places;
            if (places.size() < MOST_PLACES) {
                more = new ArrayList<>(places);
                more.add(place);
            }
            return new Occurrences(count + 1, more);
        }

        @Override
        public String toString() {
            StringJoiner joiner = new StringJoiner(", ", String.format(Locale.ROOT, "%,d (", count), ")");
            places.forEach(place -> joiner.add(place.toString()));
            if (count > places.size()) {
                joiner.add("…");
            }
            return joiner.toString();
        }
    }

    /**
     * A place in the data.
     *
     * @param file the file's path as it was given, or found below a folder that was given
     * @param line line number from 1, or 0 for the file as a whole
     * @param detail what is wrong there, or an empty string
     */
    public record Place(String file, long line, String detail) {
        @Override
        public String toString() {
            return file + (line > 0 ? ":" + line : "") + (detail.isEmpty() ? "" : ": " + detail);
        }
    }

    /** Collects a report while reading. */
    static final class Builder {
        private final Map<Problem, Occurrences> problems = new EnumMap<>(Problem.class);
        private Occurrences otherFiles = Occurrences.NONE;
        private long documents;
        private long characters;

        void document(Document document) {
            documents++;
            characters += document.text().length();
        }

        void problem(Problem problem, Place place) {
            problems.put(
                    problem, problems.getOrDefault(problem, Occurrences.NONE).and(place));
        }

        void otherFile(String file) {
            otherFiles = otherFiles.and(new Place(file, 0, ""));
        }

        DataReport build() {
            return new DataReport(documents, characters, problems, otherFiles);
        }
    }
}
