package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spactor.data.DataReport.Place;

class TextFilesTest {
    private static final DataLimits TOLERANT = DataLimits.defaults().withMaximumBadShare(1);

    @TempDir
    private Path folder;

    @Test
    void jsonLinesAreDocumentsWithTheirIds() throws IOException {
        Path file = write("a.jsonl", """
                {"id": "first", "text": "one \\"quoted\\"\\nline", "source": {"deep": [1, {"text": "not this"}]}}

                {"text": "two", "id": 7}
                {"text": "three"}
                """);

        List<Document> documents = read(file);

        assertThat(documents)
                .containsExactly(
                        new Document("first", "one \"quoted\"\nline"),
                        new Document("7", "two"),
                        new Document(file + ":4", "three"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "a.text", "a.md", "A.TXT", "a.txt.gz"})
    void aPlainTextFileIsOneDocument(String name) throws IOException {
        Path file = write(name, "# Title\n\nline one\r\nline two");

        assertThat(read(file)).containsExactly(new Document(file.toString(), "# Title\n\nline one\nline two\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.json", "a.json.gz"})
    void gzipIsRecognisedByItsContent(String name) throws IOException {
        String content = "{\"text\": \"packed\"}\n";
        Path packed = Files.write(folder.resolve(name), gzip(content));

        assertThat(read(packed)).extracting(Document::text).containsExactly("packed");
        Files.writeString(packed, content);
        assertThat(read(packed)).extracting(Document::text).containsExactly("packed");
    }

    @Test
    void gzipFilesPutTogetherAreReadToTheEnd() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(gzip("{\"text\": \"one\"}\n"));
        both.writeBytes(gzip("{\"text\": \"two\"}\n"));
        Path file = Files.write(folder.resolve("a.jsonl.gz"), both.toByteArray());

        assertThat(read(file)).extracting(Document::text).containsExactly("one", "two");
    }

    @Test
    void inputsKeepTheirOrderAndFoldersAreSortedByPath() throws IOException {
        write("folder/b.txt", "b");
        write("folder/a/z.txt", "z");
        write("folder/a.txt", "a");
        write("folder/c/deep/er.jsonl", "{\"text\": \"er\"}");
        Path last = write("0.txt", "0");

        List<Document> documents = read(folder.resolve("folder"), last);

        assertThat(documents).extracting(document -> document.text().strip()).containsExactly("a", "z", "b", "er", "0");
        assertThat(read(folder.resolve("folder"), last)).isEqualTo(documents);
    }

    @Test
    void aFoldersFilesOfOtherKindsAreReported() throws IOException {
        write("folder/a.txt", "text");
        write("folder/table.csv", "1,2");
        write("folder/notes", "no ending");

        DataReport report = report(TOLERANT, folder.resolve("folder"));

        assertThat(report.otherFiles().count()).isEqualTo(2);
        assertThat(report.otherFiles().places())
                .extracting(Place::file)
                .containsExactly(
                        folder.resolve("folder/notes").toString(),
                        folder.resolve("folder/table.csv").toString());
        assertThat(report.lines()).singleElement().asString().contains("notes").contains("table.csv");
    }

    @Test
    void theReportCountsDocumentsAndCharacters() throws IOException {
        Path file = write("a.jsonl", "{\"text\": \"four\"}\n{\"text\": \"seven77\"}\n");

        DataReport report = report(DataLimits.defaults(), file);

        assertThat(report.documents()).isEqualTo(2);
        assertThat(report.characters()).isEqualTo(11);
        assertThat(report.unusable()).isZero();
        assertThat(report.lines()).isEmpty();
    }

    @Test
    void everyKindOfBadLineIsCountedWithItsPlace() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(utf8("{\"text\": \"good\"}\n"));
        bytes.writeBytes(utf8("{\"text\": \"cut off\n"));
        bytes.writeBytes(utf8("[\"text\"]\n"));
        bytes.writeBytes(utf8("{\"text\": \"a\"} {\"text\": \"b\"}\n"));
        bytes.writeBytes(utf8("{\"content\": \"other field\"}\n"));
        bytes.writeBytes(utf8("{\"text\": 5}\n"));
        bytes.writeBytes(utf8("{\"text\": \"  \\n \"}\n"));
        bytes.writeBytes(utf8("{\"text\": \"half \\ud83d pair\"}\n"));
        bytes.writeBytes(utf8("{\"text\": \"latin "));
        bytes.write(0xE9);
        bytes.writeBytes(utf8("\"}\n{\"text\": \"" + "x".repeat(200) + "\"}\n"));
        bytes.writeBytes(utf8("{\"text\": \"good again\"}"));
        Path file = Files.write(folder.resolve("bad.jsonl"), bytes.toByteArray());
        List<Document> documents = new ArrayList<>();

        DataReport report = new TextFiles(List.of(file), new DataLimits(100, 1000, 1)).read(documents::add);

        assertThat(documents).extracting(Document::text).containsExactly("good", "good again");
        assertThat(lines(report, Problem.MALFORMED_JSON)).containsExactly(2L, 3L, 4L);
        assertThat(lines(report, Problem.MISSING_TEXT)).containsExactly(5L, 6L);
        assertThat(lines(report, Problem.EMPTY_DOCUMENT)).containsExactly(7L);
        assertThat(lines(report, Problem.UNDECODABLE_TEXT)).containsExactly(8L, 9L);
        assertThat(lines(report, Problem.LINE_TOO_LONG)).containsExactly(10L);
        assertThat(report.unusable()).isEqualTo(9);
        assertThat(report.unusableShare()).isEqualTo(9.0 / 11);
        assertThat(report.lines()).anySatisfy(line -> assertThat(line).contains("bad.jsonl:5"));
    }

    @Test
    void onlyTheFirstPlacesAreKeptButAllAreCounted() throws IOException {
        Path file = write("a.jsonl", "{\"text\": \"good\"}\n" + "oops\n".repeat(1000));

        DataReport report = report(TOLERANT, file);

        assertThat(report.problems().get(Problem.MALFORMED_JSON).count()).isEqualTo(1000);
        assertThat(report.problems().get(Problem.MALFORMED_JSON).places()).hasSizeLessThan(10);
        assertThat(report.lines()).singleElement().asString().contains("1,000").contains("…");
    }

    @Test
    void badDocumentsAreFatalAboveTheToleratedShare() throws IOException {
        String good = "{\"text\": \"good\"}\n";
        Path file = write("a.jsonl", good.repeat(99) + "oops\n");

        assertThat(report(DataLimits.defaults(), file).unusable()).isEqualTo(1);

        Files.writeString(file, good.repeat(98) + "oops\noops\n");
        assertThatThrownBy(() -> report(DataLimits.defaults(), file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 of 100 documents")
                .hasMessageContaining("2.0 %")
                .hasMessageContaining("a.jsonl:99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "{\"content\": \"x\"}\n"})
    void nothingUsableIsFatalHoweverMuchIsTolerated(String content) throws IOException {
        Path file = write("a.jsonl", content);

        assertThatThrownBy(() -> report(TOLERANT, file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none of the 1 documents")
                .hasMessageContaining("a.jsonl");
    }

    @Test
    void anEmptyTextFileIsAnEmptyDocument() throws IOException {
        Path good = write("good.txt", "text");
        Path empty = write("empty.txt", "");
        Path blank = write("blank.md", " \n\t\n");

        DataReport report = report(TOLERANT, good, empty, blank);

        assertThat(report.documents()).isEqualTo(1);
        assertThat(report.problems().get(Problem.EMPTY_DOCUMENT).places())
                .extracting(Place::file)
                .containsExactly(empty.toString(), blank.toString());
    }

    @Test
    void aTextFileWithBytesThatAreNotUtf8IsUnusableAndTheLineIsNamed() throws IOException {
        Path good = write("good.txt", "text");
        Path latin = folder.resolve("latin.txt");
        Files.write(latin, "one\ncaf\u00e9\ncr\u00e8me\n".getBytes(StandardCharsets.ISO_8859_1));

        DataReport report = report(TOLERANT, good, latin);

        assertThat(report.documents()).isEqualTo(1);
        assertThat(report.problems().get(Problem.UNDECODABLE_TEXT).places())
                .containsExactly(new Place(latin.toString(), 2, ""));
    }

    @Test
    void aByteOrderMarkIsNoText() throws IOException {
        Path text = write("a.txt", "\uFEFFtext");
        Path json = write("a.jsonl", "\uFEFF{\"text\": \"json\"}");

        assertThat(read(text, json))
                .extracting(document -> document.text().strip())
                .containsExactly("text", "json");
    }

    @Test
    void aGzipFileThatIsCutOffKeepsItsWholeLinesAndIsReported() throws IOException {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            content.append("{\"text\": \"document ").append(i * 7919L % 5000).append("\"}\n");
        }
        byte[] packed = gzip(content.toString());
        Path file = Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(packed, packed.length / 2));
        List<Document> documents = new ArrayList<>();

        DataReport report = new TextFiles(List.of(file)).read(documents::add);

        assertThat(documents).hasSizeBetween(100, 4999);
        assertThat(documents).allSatisfy(document -> assertThat(document.text()).startsWith("document "));
        assertThat(report.problems()).containsOnlyKeys(Problem.BROKEN_GZIP);
        assertThat(report.problems().get(Problem.BROKEN_GZIP).places())
                .extracting(Place::file)
                .containsExactly(file.toString());
    }

    @Test
    void aDamagedGzipFileIsReported() throws IOException {
        byte[] packed = gzip("some text that is packed\n".repeat(100));
        packed[packed.length / 2] ^= 0x55;
        Path damaged = Files.write(folder.resolve("damaged.txt.gz"), packed);
        Path header = Files.write(folder.resolve("header.txt.gz"), new byte[] {0x1F, (byte) 0x8B, 99});
        Path good = write("good.txt", "text");

        DataReport report = report(TOLERANT, damaged, header, good);

        assertThat(report.documents()).isEqualTo(1);
        assertThat(report.problems().get(Problem.BROKEN_GZIP).count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "a.jsonl"})
    void aBinaryFileIsRefusedAtOnce(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[] {'a', '\n', 'b', 0, 1, 2, 'c'});

        assertThatThrownBy(() -> report(TOLERANT, file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(name + ":2")
                .hasMessageContaining("NUL");
    }

    @Test
    void aMissingInputIsRefusedBeforeAnythingIsRead() throws IOException {
        Path good = write("good.txt", "text");
        List<Document> documents = new ArrayList<>();

        assertThatThrownBy(() -> new TextFiles(List.of(good, folder.resolve("gone.txt"))).read(documents::add))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("gone.txt");
        assertThat(documents).isEmpty();
    }

    @Test
    void aFileOfAnotherKindIsRefusedWithTheKindsThatAreRead() throws IOException {
        Path file = write("table.csv", "1,2");

        assertThatThrownBy(() -> report(TOLERANT, file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("table.csv")
                .hasMessageContaining(".jsonl");
    }

    @Test
    void aFolderWithNothingToReadIsRefused() throws IOException {
        write("folder/table.csv", "1,2");

        assertThatThrownBy(() -> report(TOLERANT, folder.resolve("folder")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("folder")
                .hasMessageContaining("1 files of other kinds");
    }

    @Test
    void aFileThatIsGivenTwiceIsRefused() throws IOException {
        Path file = write("folder/a.txt", "text");

        assertThatThrownBy(() -> report(TOLERANT, folder.resolve("folder"), file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("same file");
    }

    @Test
    void aLinkToAFolderAboveIsRefusedAndNotFollowedForEver() throws IOException {
        write("folder/a.txt", "text");
        try {
            Files.createSymbolicLink(folder.resolve("folder/loop"), folder.resolve("folder"));
        } catch (IOException | UnsupportedOperationException e) {
            Assumptions.assumeThat(false).as("symbolic links").isTrue();
        }

        assertThatThrownBy(() -> report(TOLERANT, folder.resolve("folder")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("loop");
    }

    @Test
    void aLongTextFileBecomesSeveralDocumentsCutAtLineEnds() throws IOException {
        Path file = write("long.txt", "123456789\n".repeat(10));

        List<Document> documents = new ArrayList<>();
        new TextFiles(List.of(file), new DataLimits(100, 35, 0)).read(documents::add);

        assertThat(documents)
                .extracting(Document::id, document -> document.text().length())
                .containsExactly(tuple(file.toString(), 40), tuple(file + ":5", 40), tuple(file + ":9", 20));
    }

    @Test
    void aLineOfExactlyTheLimitIsRead() throws IOException {
        Path file = write("a.txt", "x".repeat(70_000) + "\r\n" + "y".repeat(70_000));

        List<Document> documents = new ArrayList<>();
        new TextFiles(List.of(file), new DataLimits(70_000, 1 << 20, 0)).read(documents::add);
        assertThat(documents)
                .extracting(Document::text)
                .containsExactly("x".repeat(70_000) + "\n" + "y".repeat(70_000) + "\n");

        assertThatThrownBy(() -> new TextFiles(List.of(file), new DataLimits(69_999, 1 << 20, 1)).read(document -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line too long");
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static List<Document> read(Path... inputs) {
        List<Document> documents = new ArrayList<>();
        new TextFiles(List.of(inputs)).read(documents::add);
        return documents;
    }

    private static DataReport report(DataLimits limits, Path... inputs) {
        return new TextFiles(List.of(inputs), limits).read(document -> {});
    }

    private static List<Long> lines(DataReport report, Problem problem) {
        return report.problems().get(problem).places().stream().map(Place::line).toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(utf8(content));
        }
        return bytes.toByteArray();
    }
}
