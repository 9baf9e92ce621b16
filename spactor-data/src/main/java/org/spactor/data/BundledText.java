package org.spactor.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * The text that comes along: Herman Melville's <i>Moby-Dick</i> (1851, public domain), 135 documents, one a chapter. It
 * is read when no inputs are configured.
 */
public final class BundledText implements DocumentSource {
    private static final String RESOURCE = "moby-dick.jsonl.gz";

    @Override
    public DataReport read(Consumer<Document> documents) {
        DataLimits limits = DataLimits.defaults();
        DataReport.Builder builder = new DataReport.Builder();
        DocumentFile file =
                new DocumentFile(RESOURCE, new JsonLines(limits.maximumLineBytes()), limits.maximumLineBytes());
        try (InputStream in = Resources.open(RESOURCE)) {
            file.read(in, new DocumentSink(documents, builder));
        } catch (IOException e) {
            throw new DataException("cannot read the bundled text " + RESOURCE + ": " + e, e);
        }
        DataReport report = builder.build();
        report.requireUsable(0);
        return report;
    }
}
