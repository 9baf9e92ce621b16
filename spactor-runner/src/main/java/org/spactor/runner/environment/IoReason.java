package org.spactor.runner.environment;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why reading or writing failed, in words: the message of many an {@link IOException} is only a path. */
public final class IoReason {
    private IoReason() {}

    /** What kind of failure it is, with the file that it is about if that is known. */
    public static String of(IOException failure) {
        if (failure instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            String reason = kind(file);
            return reason + " '" + file.getFile() + "'"
                    + (file.getOtherFile() == null ? "" : " (to '" + file.getOtherFile() + "')");
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static String kind(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "no access to";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is already a file or folder";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "there are still files in the folder";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a folder:";
        }
        if (failure instanceof FileSystemLoopException) {
            return "links in a circle at";
        }
        String reason = failure.getReason();
        return (reason == null || reason.isBlank() ? failure.getClass().getSimpleName() : reason) + ":";
    }
}
