package org.spactor.data;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the files to read: those that are given, and those in the folders that are given. */
final class InputFiles {
    private final DataLimits limits;
    private final List<Found> files = new ArrayList<>();
    private final List<Path> others = new ArrayList<>();
    private final Map<Path, Path> seen = new HashMap<>();

    private InputFiles(DataLimits limits) {
        this.limits = limits;
    }

    /**
     * Finds the files of all inputs, in the order of the inputs; those of a folder with the folders in it, sorted by
     * path.
     *
     * @throws DataException if an input is missing or unreadable, is a file of no known kind or a folder without any of
     *     a known kind, or if a file is found twice
     */
    static InputFiles find(List<Path> inputs, DataLimits limits) {
        InputFiles found = new InputFiles(limits);
        for (Path input : inputs) {
            try {
                found.add(input);
            } catch (IOException e) {
                throw new DataException("cannot read " + input + ": " + e, e);
            } catch (UncheckedIOException e) {
                throw new DataException("cannot read " + input + ": " + e.getCause(), e);
            }
        }
        return found;
    }

    /** The files to read, in order. */
    List<Found> files() {
        return files;
    }

    /** The files in the folders that are of no known kind. */
    List<Path> others() {
        return others;
    }

    private void add(Path input) throws IOException {
        if (Files.isDirectory(input)) {
            addFolder(input);
        } else if (Files.isRegularFile(input)) {
            DocumentFormat format = format(input)
                    .orElseThrow(() -> new DataException(
                            input + ": no kind of file that is read. Those are " + DocumentFormat.ENDINGS));
            addFile(input, format);
        } else if (Files.exists(input)) {
            throw new DataException(input + " is neither a file nor a folder. Copy it to a file first");
        } else {
            throw new DataException("there is no " + input + ". Check the path in data.inputs or --data");
        }
    }

    private void addFolder(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            inside = walk.filter(path -> !Files.isDirectory(path))
                    .sorted(byNameBelow(folder))
                    .toList();
        }
        int before = files.size();
        for (Path path : inside) {
            Optional<DocumentFormat> format = Files.isRegularFile(path) ? format(path) : Optional.empty();
            if (format.isPresent()) {
                addFile(path, format.get());
            } else {
                others.add(path);
            }
        }
        if (files.size() == before) {
            throw new DataException("no file to read in the folder " + folder + ", which has " + inside.size()
                    + " files of other kinds. Those that are read are " + DocumentFormat.ENDINGS);
        }
    }

    private void addFile(Path file, DocumentFormat format) throws IOException {
        if (!Files.isReadable(file)) {
            throw new DataException("no permission to read " + file);
        }
        // Text that is read twice is learnt twice, and may be held out and trained on at once.
        Path earlier = seen.putIfAbsent(file.toRealPath(), file);
        if (earlier != null) {
            throw new DataException(file + " is the same file as " + earlier + ". Give it once");
        }
        files.add(new Found(file, format));
    }

    private Optional<DocumentFormat> format(Path file) {
        return DocumentFormat.ofFileName(file.getFileName().toString(), limits);
    }

    /**
     * By the bytes of the names in UTF-8, the same on every system and in every locale. Where names are bytes they are
     * compared as they are: as text, a locale without the letters of a name would make question marks of them.
     */
    private static Comparator<Path> byNameBelow(Path folder) {
        return File.separatorChar == '/'
                ? Comparator.comparing(folder::relativize)
                : (left, right) -> Arrays.compareUnsigned(nameBelow(folder, left), nameBelow(folder, right));
    }

    private static byte[] nameBelow(Path folder, Path file) {
        return folder.relativize(file)
                .toString()
                .replace(File.separatorChar, '/')
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A file and how to read it. */
    record Found(Path path, DocumentFormat format) {}
}
