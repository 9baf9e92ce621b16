package org.spactor.data;

import java.util.function.Consumer;
import org.spactor.data.DataReport.Place;

/** Takes what a format reads: hands on what is usable, and reports what is not. */
final class DocumentSink {
    private final Consumer<Document> documents;
    private final DataReport.Builder report;

    DocumentSink(Consumer<Document> documents, DataReport.Builder report) {
        this.documents = documents;
        this.report = report;
    }

    void document(String id, String text, Place place) {
        if (text.isBlank()) {
            problem(Problem.EMPTY_DOCUMENT, place);
            return;
        }
        Document document = new Document(id, text);
        report.document(document);
        documents.accept(document);
    }

    void problem(Problem problem, Place place) {
        report.problem(problem, place);
    }
}
