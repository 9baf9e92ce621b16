package org.spactor.data;

import java.util.Objects;

/**
 * A text that belongs together.
 *
 * @param id the id the data gives it, otherwise the file and, where there are several documents in a file, the line
 * @param text not blank
 */
public record Document(String id, String text) {
    public Document {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
    }
}
