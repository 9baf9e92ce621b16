package org.spactor.runner.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Changes files so that whatever happens in between, be it a kill or a power failure, leaves the old state or the new one
 * and never a mixture.
 */
public final class DurableFiles {
    /** Ending of what is being written and not in its place yet. */
    public static final String WRITING = ".writing";
    /** Ending of what is no longer in its place and being deleted. */
    public static final String REMOVED = ".removed";

    private DurableFiles() {}

    /** Writes a file beside its place, syncs it, and puts it there in one step. */
    public static void replace(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + WRITING);
        write(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(parent(file));
    }

    /** Writes a file where it is, and makes sure that it is on the disk. */
    static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file); // a link would lead elsewhere
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Puts a folder that is complete and synced in its place in one step. Nothing may be at that place. */
    static void moveFolder(Path from, Path to) throws IOException {
        syncFolder(from);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(parent(to));
    }

    /** Takes a folder from its place in one step, then deletes it. */
    static void removeFolder(Path folder) throws IOException {
        Path aside = folder.resolveSibling(folder.getFileName() + REMOVED);
        delete(aside);
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        delete(aside);
    }

    /** Deletes a folder with everything in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    /** Makes sure that the names in a folder are on the disk. */
    static void syncFolder(Path folder) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return; // which cannot open a folder, and writes its names through
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is in no folder");
        }
        return parent;
    }
}
