package org.spactor.runner.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every failure says what kind it is, and not only which file it is about. */
class IoReasonTest {
    @TempDir
    private Path folder;

    @Test
    void whatTheFileSystemRefusesIsSaidInWords() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "\\");
        assertThat(reason(() -> Files.readString(folder.resolve("missing"))))
                .isEqualTo("no file or folder '" + folder.resolve("missing") + "'");
        assertThat(reason(() -> Files.createDirectory(file)))
                .isEqualTo("there is already a file or folder '" + file + "'");
        assertThat(reason(() -> Files.delete(folder)))
                .isEqualTo("there are still files in the folder '" + folder + "'");
        assertThat(reason(() -> Files.newDirectoryStream(file))).isEqualTo("not a folder: '" + file + "'");
        assertThat(reason(() -> Files.readString(file.resolve("below")))).contains("Not a directory: '" + file);
        assertThat(reason(() -> Files.readString(folder))).isEqualTo("Is a directory");
        Files.write(file, new byte[] {(byte) 0xff});
        assertThat(reason(() -> Files.readString(file))).isEqualTo("it is not text in UTF-8");
    }

    @Test
    void whatCannotBeBroughtAboutEverywhereIsSaidInWordsToo() {
        assertThat(IoReason.of(new AccessDeniedException("file"))).isEqualTo("no access to 'file'");
        assertThat(IoReason.of(new FileSystemException("file", null, "No space left on device")))
                .isEqualTo("No space left on device: 'file'");
        assertThat(IoReason.of(new FileSystemException("file"))).isEqualTo("FileSystemException: 'file'");
        assertThat(IoReason.of(new IOException())).isEqualTo("IOException");
    }

    private static String reason(ThrowingCallable call) {
        return IoReason.of(catchThrowableOfType(IOException.class, call));
    }
}
