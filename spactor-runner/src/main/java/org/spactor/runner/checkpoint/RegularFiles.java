package org.spactor.runner.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of a checkpoint that somebody else may have made: a link leads elsewhere, and a device never ends. */
final class RegularFiles {
    private RegularFiles() {}

    /**
     * Refuses what is not a file.
     *
     * @throws NoSuchFileException if there is nothing
     * @throws CheckpointException if there is something else
     */
    static void require(Path path) throws NoSuchFileException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new CheckpointException(
                    path + " is not a regular file. A checkpoint consists of files, without links");
        }
    }

    /**
     * The text of a file.
     *
     * @param most bytes that it may have
     * @throws CheckpointException if it has more, or is not a file
     */
    static String text(Path path, long most) throws IOException {
        require(path);
        if (Files.size(path) > most) {
            throw new CheckpointException(path + " has " + Files.size(path) + " bytes, more than any of Spactor's");
        }
        return Files.readString(path, StandardCharsets.UTF_8);
    }
}
