package org.spactor.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.SentencePieceModel.Piece;

/**
 * Writes ids as text, as SentencePiece does, and sentinels between them. Spaces stay where the pieces have them, so
 * that putting each sentinel's span in its place gives back the text.
 *
 * <p>SentencePiece's native decoder is not used: it knows no sentinels, and DJL's binding garbles characters beyond the
 * basic multilingual plane.
 */
final class PieceDecoder {
    private static final String UNKNOWN_SURFACE = " \u2047 ";

    private final SentencePieceModel model;
    private final Vocabulary vocabulary;

    PieceDecoder(SentencePieceModel model, Vocabulary vocabulary) {
        this.model = model;
        this.vocabulary = vocabulary;
    }

    String decode(int[] ids) {
        StringBuilder text = new StringBuilder();
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        for (int id : ids) {
            if (id < 0 || id >= vocabulary.size()) {
                throw new IllegalArgumentException(
                        "id " + id + " is not in the vocabulary, whose ids are 0 to " + (vocabulary.size() - 1));
            }
            if (id < vocabulary.pieces() && model.pieces().get(id).type() == Piece.BYTE) {
                pending.write(model.pieces().get(id).value());
                continue;
            }
            flush(pending, text);
            append(id, text);
        }
        flush(pending, text);
        return text.toString();
    }

    private void append(int id, StringBuilder text) {
        if (vocabulary.isSentinel(id)) {
            text.append("<extra_id_").append(vocabulary.sentinel(0) - id).append('>');
        } else if (id >= vocabulary.pieces()) {
            text.append("<unused_").append(id - vocabulary.firstUnused()).append('>');
        } else {
            append(model.pieces().get(id), text);
        }
    }

    private void append(Piece piece, StringBuilder text) {
        if (piece.type() == Piece.UNKNOWN) {
            text.append(UNKNOWN_SURFACE);
        } else if (piece.type() != Piece.CONTROL) {
            String written = piece.text().replace(SentencePieceModel.SPACE, ' ');
            boolean addedSpace = text.isEmpty() && model.addsLeadingSpace() && written.startsWith(" ");
            text.append(written, addedSpace ? 1 : 0, written.length());
        }
    }

    /** A character may be spread over several byte pieces. */
    private static void flush(ByteArrayOutputStream pending, StringBuilder text) {
        if (pending.size() > 0) {
            text.append(pending.toString(StandardCharsets.UTF_8));
            pending.reset();
        }
    }
}
