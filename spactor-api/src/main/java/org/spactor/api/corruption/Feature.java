package org.spactor.api.corruption;

import java.util.Objects;
import org.apiguardian.api.API;
import org.spactor.api.component.Names;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * A named sequence of integers of an {@link Example}, and what these integers may be. What a corruptor makes is checked
 * against it, so that a wrong one is named before a model reads what it made.
 *
 * <p>Features are compared by name and domain; a component that needs one that is not declared here makes its own.
 *
 * @param name lower case, words joined by hyphens
 * @param domain what the integers stand for
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Feature(String name, Domain domain) {
    /** Tokens the encoder reads. Before any corruption: the raw segment. */
    public static final Feature INPUTS = tokens("inputs");

    /** Tokens the decoder has to produce, {@code </s>} included. */
    public static final Feature TARGETS = tokens("targets");

    public Feature {
        Names.requireKebabCase("feature", name);
        Objects.requireNonNull(domain, "domain");
    }

    /** A feature of tokens: ids of the vocabulary, filled up with {@code <pad>}. */
    public static Feature tokens(String name) {
        return new Feature(name, new Domain.Tokens());
    }

    /**
     * A feature of positions, counted from 0, filled up with −1. A position may occur more than once.
     *
     * @param in the sequence they are positions in
     */
    public static Feature positions(String name, Feature in) {
        return new Feature(name, new Domain.Positions(in));
    }

    /**
     * A feature of labels, filled up with −1, which counts in no loss; a corruptor may use −1 itself.
     *
     * @param classes number of labels: they are within [0, classes)
     */
    public static Feature labels(String name, int classes) {
        return new Feature(name, new Domain.Labels(classes));
    }

    /** The number that fills the feature up to the common length of a batch. */
    public int padding(Vocabulary vocabulary) {
        return domain instanceof Domain.Tokens ? vocabulary.pad() : Domain.NONE;
    }

    @Override
    public String toString() {
        return name;
    }

    /** What the integers of a feature stand for. */
    public sealed interface Domain {
        /** Fills up positions and labels. */
        int NONE = -1;

        /** Ids of the vocabulary. */
        record Tokens() implements Domain {}

        /**
         * Positions in another feature, or −1 for none.
         *
         * @param in the other feature
         */
        record Positions(Feature in) implements Domain {
            public Positions {
                Objects.requireNonNull(in, "in");
            }
        }

        /**
         * Numbers from 0, or −1 for none.
         *
         * @param classes number of labels, at least 1
         */
        record Labels(int classes) implements Domain {
            public Labels {
                if (classes < 1) {
                    throw new IllegalArgumentException("there must be at least 1 label, not " + classes);
                }
            }
        }
    }
}
