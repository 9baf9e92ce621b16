package org.spactor.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Documents in files. {@code .jsonl} and {@code .json} hold one object a line, with a string {@code text} and perhaps
 * an {@code id}; {@code .txt}, {@code .text} and {@code .md} are one document a file, or several if it is very long.
 * Each may be packed with gzip, which is recognised by its first bytes. Text is UTF-8.
 *
 * <p>Folders are read with the folders in them, sorted by path; what is in them of other kinds is reported. Documents
 * that cannot be used are counted in the report, and are an error if they are too many.
 */
public final class TextFiles implements DocumentSource {
    private final List<Path> inputs;
    private final DataLimits limits;

    /** Documents of these files and folders, with the default limits. */
    public TextFiles(List<Path> inputs) {
        this(inputs, DataLimits.defaults());
    }

    /** Documents of these files and folders. */
    public TextFiles(List<Path> inputs, DataLimits limits) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("no inputs; the bundled text is another source");
        }
        this.inputs = List.copyOf(inputs);
        this.limits = limits;
    }

    @Override
    public DataReport read(Consumer<Document> documents) {
        InputFiles found = InputFiles.find(inputs, limits);
        DataReport.Builder builder = new DataReport.Builder();
        found.others().forEach(path -> builder.otherFile(path.toString()));
        DocumentSink sink = new DocumentSink(documents, builder);
        for (InputFiles.Found file : found.files()) {
            read(file, sink);
        }
        DataReport report = builder.build();
        report.requireUsable(limits.maximumBadShare());
        return report;
    }

    private void read(InputFiles.Found file, DocumentSink sink) {
        String name = file.path().toString();
        try (InputStream in = Files.newInputStream(file.path())) {
            new DocumentFile(name, file.format(), limits.maximumLineBytes()).read(in, sink);
        } catch (IOException e) {
            throw new DataException("cannot read " + name + ": " + e, e);
        }
    }
}
