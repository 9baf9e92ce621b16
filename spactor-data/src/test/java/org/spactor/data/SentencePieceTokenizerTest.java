package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.spactor.data.SentencePieceModels.piece;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.random.CounterRandom;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.api.vocabulary.Vocabulary.SpecialIds;
import org.spactor.data.SentencePieceModel.Piece;

class SentencePieceTokenizerTest {
    private final SentencePieceTokenizer tokenizer = SentencePieceTokenizer.bundled();

    @Test
    void idsAreThoseOfGooglesSentencePiece() throws IOException {
        List<Golden> goldens = goldens();

        assertThat(goldens).hasSize(406);
        for (Golden golden : goldens) {
            assertThat(tokenizer.encode(golden.text())).as(golden.text()).containsExactly(golden.ids());
        }
    }

    @Test
    void vocabularyFollowsT5() {
        Vocabulary vocabulary = tokenizer.vocabulary();

        assertThat(vocabulary).hasToString("8000 pieces, 100 sentinels, 8192 rows");
        assertThat(vocabulary.sentinel(0)).isEqualTo(8099);
        assertThat(List.of(vocabulary.pad(), vocabulary.end(), vocabulary.unknown()))
                .containsExactly(0, 1, 2);
    }

    @Test
    void vocabularyHasTheModelsPieces() {
        Vocabulary vocabulary = tokenizer.vocabulary();
        int[] ids = tokenizer.encode("Whalemen never sleep");

        String written = IntStream.of(ids).mapToObj(vocabulary::piece).collect(Collectors.joining());
        assertThat(written).isEqualTo("\u2581Whalemen\u2581never\u2581sleep");
        assertThat(IntStream.of(ids).filter(vocabulary::startsWord).count()).isEqualTo(3);
        assertThat(vocabulary.piece(0)).isEqualTo("<pad>");
    }

    @Test
    void decodingAnEncodedTextGivesTheTextWithSingleSpaces() throws IOException {
        int checked = 0;
        for (Golden golden : goldens()) {
            boolean known = Arrays.stream(golden.ids()).noneMatch(id -> id == SpecialIds.T5.unknown());
            if (known && StandardCharsets.US_ASCII.newEncoder().canEncode(golden.text())) {
                assertThat(tokenizer.decode(golden.ids()))
                        .isEqualTo(golden.text().strip().replaceAll("\\s+", " "));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(300);
    }

    @Test
    void sentinelsAreWrittenAndPaddingAndEndAreNot() {
        int[] ids = concat(
                new int[] {8099}, tokenizer.encode("one day"), new int[] {8098}, tokenizer.encode("sea"), new int[] {
                    8000, 1, 0, 0
                });

        assertThat(tokenizer.decode(ids)).isEqualTo("<extra_id_0> one day<extra_id_1> sea<extra_id_99>");
    }

    @Test
    void puttingSpansInThePlaceOfTheirSentinelsGivesBackTheText() {
        String text = "It is a way I have of driving off the spleen and regulating the circulation, whenever it is a"
                + " damp, drizzly November in my soul.";
        SentinelCorruptor corruptor = new SentinelCorruptor(new T5SpanMask(), tokenizer.vocabulary());
        for (long seed = 0; seed < 50; seed++) {
            Example example =
                    corruptor.corrupt(Example.of(tokenizer.encode(text)), CounterRandom.of(seed, "decode-test"));

            String inputs = tokenizer.decode(example.get(Feature.INPUTS));
            String targets = tokenizer.decode(example.get(Feature.TARGETS));
            Matcher spans = Pattern.compile("(<extra_id_\\d+>)([^<]*)").matcher(targets);
            while (spans.find()) {
                inputs = inputs.replace(spans.group(1), spans.group(2));
            }
            assertThat(inputs).isEqualTo(text);
        }
    }

    @Test
    void idsThatStandForNothingAreNumberedAndOthersRefused() {
        assertThat(tokenizer.decode(new int[] {8100, 8191})).isEqualTo("<unused_0><unused_91>");
        assertThatThrownBy(() -> tokenizer.decode(new int[] {8192}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8192")
                .hasMessageContaining("0 to 8191");
        assertThatThrownBy(() -> tokenizer.decode(new int[] {-1})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownCharactersAreOneUnknownTokenAndHalfSurrogatesDoNoHarm() {
        assertThat(tokenizer.encode("\uD83D\uDE42")).contains(SpecialIds.T5.unknown());
        assertThat(tokenizer.decode(new int[] {SpecialIds.T5.unknown()})).isEqualTo(" \u2047 ");
        assertThat(tokenizer.encode("half \uD83D pair")).isNotEmpty();
    }

    @Test
    void aTextThatIsEncodedInPartsLosesNothingBetweenThem() throws IOException {
        StringBuilder builder = new StringBuilder();
        new BundledText().read(document -> builder.append(document.text()).append('\n'));
        String text = builder.toString();

        int[] ids = tokenizer.encode(text);

        // Each part's sums are rounded in their own way, so that a token or two may differ from one way of cutting to
        // another.
        int[] idsOfParagraphs = text.lines()
                .flatMapToInt(line -> IntStream.of(tokenizer.encode(line)))
                .toArray();
        assertThat(ids.length).isCloseTo(idsOfParagraphs.length, withinPercentage(0.01));
        assertThat(tokenizer.decode(ids).equals(tokenizer.decode(idsOfParagraphs)))
                .isTrue();
    }

    @Test
    void aLongTextWithoutSpacesIsEncodedToo() {
        assertThat(tokenizer.encode("x".repeat(100_000))).isNotEmpty();
    }

    @Test
    void manyThreadsGetTheSameIds() throws IOException {
        List<Golden> goldens = goldens();
        boolean same = IntStream.range(0, 2000).parallel().allMatch(i -> {
            Golden golden = goldens.get(i % goldens.size());
            return Arrays.equals(tokenizer.encode(golden.text()), golden.ids());
        });

        assertThat(same).isTrue();
    }

    @Test
    void aModelWrittenToAFileIsTheSameTokenizer(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("spiece.model"), tokenizer.modelBytes());

        SentencePieceTokenizer loaded = SentencePieceTokenizer.of(file);

        assertThat(loaded.sha256())
                .isEqualTo(tokenizer.sha256())
                .isEqualTo("5dd47a34d17eeae92e691d0a930517c70b226ac6a05eafdc6847fd2ad12debf2");
        assertThat(loaded.vocabulary()).usingRecursiveComparison().isEqualTo(tokenizer.vocabulary());
        assertThat(loaded.encode("Call me Ishmael.")).containsExactly(tokenizer.encode("Call me Ishmael."));
    }

    @Test
    void changingTheBytesDoesNotChangeTheTokenizer() {
        Arrays.fill(tokenizer.modelBytes(), (byte) 0);

        assertThat(tokenizer.modelBytes()).isNotEqualTo(new byte[tokenizer.modelBytes().length]);
    }

    @Test
    void aMissingModelIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> SentencePieceTokenizer.of(folder.resolve("none.model")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none.model")
                .hasMessageContaining("data.tokenizer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "this is no model", "{\"model\": {\"type\": \"Unigram\"}}", "\n\u0000", "\u0010\u0001"})
    void aFileThatIsNoModelIsNamed(String content, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("odd.model"), content);

        assertThatThrownBy(() -> SentencePieceTokenizer.of(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("odd.model");
    }

    @Test
    void aModelThatIsCutOffIsNamed(@TempDir Path folder) throws IOException {
        byte[] whole = tokenizer.modelBytes();
        for (int length : new int[] {1, 1000, whole.length / 2, whole.length - 1}) {
            Path file = Files.write(folder.resolve("cut.model"), Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> SentencePieceTokenizer.of(file), "%d bytes", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("cut.model");
        }
    }

    @Test
    void aModelWithOtherSpecialIdsIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.write(
                folder.resolve("default.model"),
                SentencePieceModels.withPieces(
                        piece("<unk>", Piece.UNKNOWN),
                        piece("<s>", Piece.CONTROL),
                        piece("</s>", Piece.CONTROL),
                        piece("\u2581a", Piece.NORMAL)));

        assertThatThrownBy(() -> SentencePieceTokenizer.of(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("default.model")
                .hasMessageContaining("[<unk>, <s>, </s>]")
                .hasMessageContaining("--pad_id=0 --eos_id=1 --unk_id=2");
    }

    @Test
    void aModelThatSentencePieceRefusesIsRefusedWithItsReason(@TempDir Path folder) throws IOException {
        Path file = Files.write(
                folder.resolve("twice.model"),
                SentencePieceModels.withPieces(
                        piece("<pad>", Piece.CONTROL),
                        piece("</s>", Piece.CONTROL),
                        piece("<unk>", Piece.UNKNOWN),
                        piece("twin", Piece.NORMAL),
                        piece("twin", Piece.NORMAL)));

        assertThatThrownBy(() -> SentencePieceTokenizer.of(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("twice.model")
                .hasMessageContaining("twin");
    }

    @Test
    void bytePiecesAreJoinedToCharacters() {
        SentencePieceModel model = SentencePieceModel.parse(
                SentencePieceModels.withPieces(
                        piece("<pad>", Piece.CONTROL),
                        piece("</s>", Piece.CONTROL),
                        piece("<unk>", Piece.UNKNOWN),
                        piece("\u2581a", Piece.NORMAL),
                        piece("<0xF0>", Piece.BYTE),
                        piece("<0x9F>", Piece.BYTE),
                        piece("<0x99>", Piece.BYTE),
                        piece("<0x82>", Piece.BYTE)),
                "test");
        PieceDecoder decoder = new PieceDecoder(model, Vocabulary.sample(8));

        assertThat(decoder.decode(new int[] {3, 4, 5, 6, 7, 3, 1})).isEqualTo("a\uD83D\uDE42 a");
    }

    private static int[] concat(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
    }

    private static List<Golden> goldens() throws IOException {
        List<Golden> goldens = new ArrayList<>();
        JsonFactory json = new JsonFactory();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(
                        SentencePieceTokenizerTest.class.getResourceAsStream("tokenizer-spm-8k.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try (JsonParser parser = json.createParser(line)) {
                    goldens.add(golden(parser));
                }
            }
        }
        return goldens;
    }

    private static Golden golden(JsonParser parser) throws IOException {
        String text = null;
        IntStream.Builder ids = IntStream.builder();
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                text = parser.getText();
            } else if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                ids.add(parser.getIntValue());
            }
        }
        return new Golden(text, ids.build().toArray());
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Golden(String text, int[] ids) {}

    @Test
    void longTextWithoutSpacesIsCutToo() {
        int part = 2 << 16;
        // each part begins with a space, as SentencePiece makes it, and what it does not know is one token
        assertThat(SentencePieceTokenizer.bundled().encode("\u0436".repeat(2 * part + 1)))
                .hasSize(6);
    }

    @Test
    void aCutLeavesCharactersOfTwoUnitsWhole() {
        String text = "x" + "\ud83d\udea2".repeat(1 << 16);

        int[] ids = SentencePieceTokenizer.bundled().encode(text);
        assertThat(ids).hasSizeLessThan(8);
        assertThat(ids[ids.length - 1]).isEqualTo(tokenizer.vocabulary().unknown());
    }
}
