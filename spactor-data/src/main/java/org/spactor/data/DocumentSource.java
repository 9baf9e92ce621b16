package org.spactor.data;

import java.util.function.Consumer;

/** Where documents come from. Reading twice gives the same documents in the same order. */
public interface DocumentSource {
    /**
     * Reads all documents.
     *
     * @param documents gets one after the other, on the calling thread
     * @return how much was read, and what could not be used
     * @throws DataException if the data cannot be read at all, or more of it is unusable than is tolerated
     */
    DataReport read(Consumer<Document> documents);
}
