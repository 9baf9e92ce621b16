package org.spactor.runner.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.spactor.runner.environment.IoReason;

/**
 * Keeps two processes from working in one run folder. The operating system releases the lock when the process ends,
 * however it ends; the file stays and means nothing by itself.
 */
public final class RunLock implements AutoCloseable {
    /** Name of the file that is locked. */
    public static final String FILE = ".lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a run folder.
     *
     * @throws CheckpointException if another process holds the lock; the message names it
     */
    public static RunLock acquire(Path runFolder) {
        Path file = runFolder.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (!isLocked(channel)) {
                channel.close();
                throw new CheckpointException("another process, with id " + holder(file) + ", is working in "
                        + runFolder + ". Wait for it or stop it; kill -TERM makes it write a checkpoint first");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"), 0);
            return new RunLock(channel);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be locked: " + IoReason.of(e), e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this process
        }
    }

    private static String holder(Path file) throws IOException {
        String text = Files.readString(file).strip();
        return text.isEmpty() ? "unknown" : text;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CheckpointException("the lock of the run folder cannot be released: " + IoReason.of(e), e);
        }
    }
}
