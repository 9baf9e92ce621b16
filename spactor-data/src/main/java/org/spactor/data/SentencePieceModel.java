package org.spactor.data;

import java.util.ArrayList;
import java.util.List;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.api.vocabulary.Vocabulary.SpecialIds;

/**
 * What a SentencePiece model says of its pieces. Encoding is left to the native library; this is what is needed around
 * it: how many pieces there are, whether the special ones have T5's ids, and how a piece is written.
 *
 * <p>Source of the field numbers: {@code ModelProto} in {@code sentencepiece_model.proto} of google/sentencepiece.
 *
 * @param pieces the pieces by id
 * @param addsLeadingSpace whether a space is put in front of every text before it is encoded
 * @param removesExtraSpace whether leading, trailing and repeated spaces are removed before encoding
 */
record SentencePieceModel(List<Piece> pieces, boolean addsLeadingSpace, boolean removesExtraSpace) {
    /** What pieces have in place of a space. */
    static final char SPACE = Vocabulary.WORD_START;

    SentencePieceModel {
        pieces = List.copyOf(pieces);
    }

    /**
     * Reads a model.
     *
     * @param source where the bytes come from, for messages
     * @throws DataException if it is no SentencePiece model
     */
    static SentencePieceModel parse(byte[] bytes, String source) {
        List<Piece> pieces = new ArrayList<>();
        boolean complete = false;
        boolean addsLeadingSpace = true;
        boolean removesExtraSpace = true;
        try {
            ProtobufReader model = new ProtobufReader(bytes);
            while (model.next()) {
                if (model.is(1, ProtobufReader.LENGTH_DELIMITED)) {
                    pieces.add(Piece.parse(model.message()));
                } else if (model.is(3, ProtobufReader.LENGTH_DELIMITED)) {
                    // It is written behind the pieces, and SentencePiece would do without: a file cut off between two
                    // pieces would pass for a smaller model.
                    complete = true;
                    ProtobufReader normalizer = model.message();
                    while (normalizer.next()) {
                        if (normalizer.is(3, ProtobufReader.VARINT)) {
                            addsLeadingSpace = normalizer.varint() != 0;
                        } else if (normalizer.is(4, ProtobufReader.VARINT)) {
                            removesExtraSpace = normalizer.varint() != 0;
                        } else {
                            normalizer.skip();
                        }
                    }
                } else {
                    model.skip();
                }
            }
        } catch (ProtobufReader.MalformedProtobufException e) {
            throw noModel(source, e.getMessage(), e);
        }
        if (pieces.isEmpty() || !complete) {
            throw noModel(
                    source, "it has " + pieces.size() + " pieces and " + (complete ? "a" : "no") + " normalizer", null);
        }
        return new SentencePieceModel(pieces, addsLeadingSpace, removesExtraSpace);
    }

    private static DataException noModel(String source, String reason, Exception cause) {
        return new DataException(
                source + " is not a complete SentencePiece model: " + reason + ". data.tokenizer needs the .model file"
                        + " that SentencePiece writes, often named spiece.model",
                cause);
    }

    /**
     * Checks that the special pieces have the ids that everything downstream takes for granted.
     *
     * @throws DataException if they have others
     */
    void requireSpecialIdsOfT5(String source) {
        boolean same = pieces.size() > SpecialIds.T5.unknown()
                && pieces.get(SpecialIds.T5.pad()).equals(new Piece("<pad>", Piece.CONTROL))
                && pieces.get(SpecialIds.T5.end()).equals(new Piece("</s>", Piece.CONTROL))
                && pieces.get(SpecialIds.T5.unknown()).type() == Piece.UNKNOWN;
        if (!same) {
            List<String> first = pieces.stream().limit(3).map(Piece::text).toList();
            throw new DataException(source + " starts with the pieces " + first + ", but T5's convention is"
                    + " <pad> = 0, </s> = 1, <unk> = 2. Train the model with"
                    + " --pad_id=0 --eos_id=1 --unk_id=2 --bos_id=-1");
        }
    }

    /**
     * Whether a text may be cut before a space and the parts encoded one by one with the same result: true if no piece
     * reaches across a space and every part is normalised as it would be in the whole.
     */
    boolean canCutAtSpaces() {
        return addsLeadingSpace
                && removesExtraSpace
                && pieces.stream().noneMatch(piece -> piece.text().indexOf(SPACE, 1) > 0);
    }

    /**
     * A piece.
     *
     * @param text as in the model, with {@link #SPACE} for a space
     * @param type one of the constants
     */
    record Piece(String text, int type) {
        static final int NORMAL = 1;
        static final int UNKNOWN = 2;
        static final int CONTROL = 3;
        static final int BYTE = 6;

        private static Piece parse(ProtobufReader message) {
            String text = "";
            int type = NORMAL;
            while (message.next()) {
                if (message.is(1, ProtobufReader.LENGTH_DELIMITED)) {
                    text = message.string();
                } else if (message.is(3, ProtobufReader.VARINT)) {
                    type = (int) message.varint();
                } else {
                    message.skip();
                }
            }
            return new Piece(text, type);
        }

        /** The byte that a piece of type {@link #BYTE}, written {@code <0x41>}, stands for. */
        byte value() {
            return (byte) Integer.parseInt(text.substring("<0x".length(), text.length() - 1), 16);
        }
    }
}
