package org.spactor.data;

/**
 * How much a reader puts up with.
 *
 * @param maximumLineBytes longest line that is read, in bytes without its end; a longer one counts as a problem
 * @param documentCharacters a plain text file becomes a new document at the first line end after this many characters,
 *     so that a file of any size needs little memory
 * @param maximumBadShare greatest share of the documents, in [0, 1], that may be unusable
 */
public record DataLimits(int maximumLineBytes, int documentCharacters, double maximumBadShare) {
    /** What an array and a string can hold with room to spare. */
    private static final int MOST = 1 << 30;

    public DataLimits {
        if (maximumLineBytes < 1 || maximumLineBytes > MOST || documentCharacters < 1 || documentCharacters > MOST) {
            throw new IllegalArgumentException("lines of " + maximumLineBytes + " bytes and documents of "
                    + documentCharacters + " characters: both must be within [1, " + MOST + "]");
        }
        if (!(maximumBadShare >= 0 && maximumBadShare <= 1)) {
            throw new IllegalArgumentException(
                    "the share of unusable documents must be within [0, 1], but is " + maximumBadShare);
        }
    }

    /** Lines of 100 MB, documents of 16 Mi characters, 1 % of the documents. */
    public static DataLimits defaults() {
        return new DataLimits(100_000_000, 1 << 24, 0.01);
    }

    /** These limits with another share of documents that may be unusable. */
    public DataLimits withMaximumBadShare(double share) {
        return new DataLimits(maximumLineBytes, documentCharacters, share);
    }
}
