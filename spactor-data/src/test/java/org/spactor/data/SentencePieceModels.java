package org.spactor.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the part of a SentencePiece model that has the pieces. */
final class SentencePieceModels {
    private SentencePieceModels() {}

    static byte[] withPieces(SentencePieceModel.Piece... pieces) {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        for (SentencePieceModel.Piece piece : pieces) {
            byte[] text = piece.text().getBytes(StandardCharsets.UTF_8);
            model.write(0x0A);
            model.write(text.length + 4);
            model.write(0x0A);
            model.write(text.length);
            model.writeBytes(text);
            model.write(0x18);
            model.write(piece.type());
        }
        // An empty normalizer_spec.
        model.write(0x1A);
        model.write(0);
        return model.toByteArray();
    }

    static SentencePieceModel.Piece piece(String text, int type) {
        return new SentencePieceModel.Piece(text, type);
    }
}
