package org.spactor.data;

import ai.djl.engine.EngineException;
import ai.djl.sentencepiece.jni.SentencePieceLibrary;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/** A native SentencePiece processor, freed when it is no longer reachable. Encoding does not change it. */
final class SentencePieceEncoder {
    private static final Cleaner CLEANER = Cleaner.create();

    private final SentencePieceLibrary library;
    private final long handle;

    /**
     * Loads a model.
     *
     * @param source where the bytes come from, for messages
     * @throws DataException if SentencePiece does not accept the model
     */
    SentencePieceEncoder(byte[] model, String source) {
        SentencePieceLibrary loaded = SentencePieceLibraryLoader.load();
        long address = loaded.createSentencePieceProcessor();
        this.library = loaded;
        this.handle = address;
        // The action must not refer to this object, or it would never become unreachable.
        CLEANER.register(this, () -> loaded.deleteSentencePieceProcessor(address));
        try {
            library.loadModelFromBytes(handle, model);
        } catch (EngineException e) {
            throw new DataException(source + " is not a SentencePiece model that can be loaded: " + e.getMessage(), e);
        }
    }

    /** The ids of a text. */
    int[] encode(String text) {
        try {
            return library.encode(handle, text);
        } finally {
            Reference.reachabilityFence(this);
        }
    }
}
