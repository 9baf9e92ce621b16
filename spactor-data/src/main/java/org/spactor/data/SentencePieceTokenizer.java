package org.spactor.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.api.vocabulary.Vocabulary.SpecialIds;

/**
 * SentencePiece with T5's conventions: {@code <pad>} 0, {@code </s>} 1, {@code <unk>} 2, and 100 sentinels above the
 * pieces. Thread-safe.
 *
 * <p>Ids are those of Google's SentencePiece for texts of up to 65,536 characters. Longer ones are encoded in parts,
 * cut before spaces, which no piece reaches across. Where there is no space for as many characters again, they are cut
 * anyway: a run of characters that the model does not know takes SentencePiece time that grows with its square.
 *
 * <p>Source: Kudo and Richardson, <i>SentencePiece</i>, EMNLP 2018; the encoder is Google's own.
 */
public final class SentencePieceTokenizer implements Tokenizer {
    private static final String BUNDLED = "spm-8k.model";

    /**
     * Longer texts are encoded in parts. SentencePiece adds up log probabilities over the whole text in single
     * precision, and beyond this length the sums are too coarse to find the best pieces: of a book of a million
     * characters at once, about one token in a thousand differs. Besides, encoding takes many bytes a character.
     */
    private static final int LONGEST_PART = 1 << 16;

    private final byte[] bytes;
    private final SentencePieceEncoder encoder;
    private final PieceDecoder decoder;
    private final Vocabulary vocabulary;
    private final boolean canCutAtSpaces;

    private SentencePieceTokenizer(byte[] bytes, String source) {
        SentencePieceModel model = SentencePieceModel.parse(bytes, source);
        model.requireSpecialIdsOfT5(source);
        this.bytes = bytes;
        this.encoder = new SentencePieceEncoder(bytes, source);
        this.vocabulary = Vocabulary.of(
                model.pieces().stream().map(SentencePieceModel.Piece::text).toList(), SpecialIds.T5);
        this.decoder = new PieceDecoder(model, vocabulary);
        this.canCutAtSpaces = model.canCutAtSpaces();
    }

    /** The tokenizer that comes along: 8,000 pieces, for English text. */
    public static SentencePieceTokenizer bundled() {
        try (InputStream in = Resources.open(BUNDLED)) {
            return new SentencePieceTokenizer(in.readAllBytes(), BUNDLED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The tokenizer of a model file.
     *
     * @param model a {@code .model} file as SentencePiece writes it; for T5 named {@code spiece.model}
     * @throws DataException if the file is missing, is no such model, or has other special ids than T5's
     */
    public static SentencePieceTokenizer of(Path model) {
        if (!Files.exists(model)) {
            throw new DataException("there is no tokenizer " + model
                    + ". data.tokenizer is the path of a SentencePiece .model file, or 'bundled'");
        }
        try {
            return new SentencePieceTokenizer(Files.readAllBytes(model), model.toString());
        } catch (IOException e) {
            throw new DataException("cannot read the tokenizer " + model + ": " + e, e);
        }
    }

    @Override
    public int[] encode(String text) {
        if (text.length() <= LONGEST_PART || !canCutAtSpaces) {
            return encoder.encode(text);
        }
        List<int[]> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = cut(text, from);
            parts.add(encoder.encode(text.substring(from, to)));
            from = to;
        }
        return parts.stream().flatMapToInt(Arrays::stream).toArray();
    }

    @Override
    public String decode(int[] ids) {
        return decoder.decode(ids);
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** A copy of the model file's bytes, to be stored with what was trained with it. */
    public byte[] modelBytes() {
        return bytes.clone();
    }

    /** The SHA-256 of the model file, 64 lower-case hexadecimal digits. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Where the part of a text ends that begins somewhere: before a space, if there is one in reach. */
    private static int cut(String text, int from) {
        int end = Math.min(text.length(), from + 2 * LONGEST_PART);
        for (int i = Math.min(from + LONGEST_PART, end); i < end; i++) {
            if (text.charAt(i) == ' ' || text.charAt(i) == '\n') {
                return i;
            }
        }
        boolean insidePair = end < text.length() && Character.isLowSurrogate(text.charAt(end));
        return insidePair ? end - 1 : end;
    }
}
