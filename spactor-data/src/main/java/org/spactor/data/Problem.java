package org.spactor.data;

/** Why a document cannot be used. */
public enum Problem {
    /** Bytes that are not UTF-8, or half a surrogate pair in a JSON escape. */
    UNDECODABLE_TEXT("not valid UTF-8"),
    /** A gzip file that is damaged or cut off. What was read of it before stays; the rest counts as one document. */
    BROKEN_GZIP("damaged or incomplete gzip"),
    /** A line that is not one JSON object. */
    MALFORMED_JSON("not one JSON object a line"),
    /** A JSON object without a string field {@code text}. */
    MISSING_TEXT("no string field 'text'"),
    /** A line longer than {@link DataLimits#maximumLineBytes}. */
    LINE_TOO_LONG("line too long"),
    /** A document or a file in which there is nothing, or only white space. */
    EMPTY_DOCUMENT("empty");

    private final String description;

    Problem(String description) {
        this.description = description;
    }

    /** A few words for people. */
    public String description() {
        return description;
    }
}
