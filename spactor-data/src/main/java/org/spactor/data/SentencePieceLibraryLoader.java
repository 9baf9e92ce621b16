package org.spactor.data;

import ai.djl.sentencepiece.jni.SentencePieceLibrary;
import java.io.File;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;

/**
 * Loads the native SentencePiece that DJL's jar brings along, into the cache where ND4J's natives are too.
 *
 * <p>DJL's own way of loading it, behind its {@code SpTokenizer}, is avoided: it asks the address of cloud machines'
 * metadata and, if there is an answer, reports the use to DJL; it starts CUDA to look for cards; and it keeps a second
 * cache.
 */
final class SentencePieceLibraryLoader {
    private static final String LIBRARY = "sentencepiece_native";

    private SentencePieceLibraryLoader() {}

    /**
     * The library. Every call loads it, which does nothing when it is loaded.
     *
     * @throws DataException if there is none for this platform, or it cannot be unpacked or linked
     */
    static synchronized SentencePieceLibrary load() {
        String platform = Loader.getPlatform();
        String folder = switch (platform) {
            case "linux-x86_64" -> "linux-x86_64";
            case "linux-arm64" -> "linux-aarch64";
            case "macosx-arm64" -> "osx-aarch64";
            case "windows-x86_64" -> "win-x86_64";
            default ->
                throw new DataException("SentencePiece's native library is not available for " + platform
                        + ". It is for linux-x86_64, linux-arm64, macosx-arm64 and windows-x86_64");
        };
        String resource = "/native/lib/" + folder + "/" + System.mapLibraryName(LIBRARY);
        try {
            File file = Loader.cacheResource(SentencePieceLibrary.class, resource);
            if (file == null) {
                throw new IllegalStateException("no resource " + resource + " beside "
                        + SentencePieceLibrary.class.getName() + ": DJL's SentencePiece jar is not the expected one");
            }
            System.load(file.getAbsolutePath());
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new DataException(
                    "the native library of SentencePiece cannot be loaded: " + e.getMessage()
                            + "\nIt is unpacked once, with the others, by default into ~/.javacpp/cache, which takes 530 MB"
                            + " and has to be writable; another folder is chosen by"
                            + " SPACTOR_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR",
                    e);
        }
        return SentencePieceLibrary.LIB;
    }
}
