package org.spactor.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text as it is found: everything that cannot be used is told with file and line, and is fatal if it is too much. */
@Tag("long")
class BadDataTest {
    private static final String SENTENCE = "The ship sailed over the wide and stormy sea. ";
    private static final int LINE_LIMIT = 100_000_000;
    private static final String[] TOLD = {
        "not valid UTF-8: 1 (texts/2-latin1.txt:2)",
        "damaged or incomplete gzip: 1 (texts/3-broken.jsonl.gz:",
        "no string field 'text': 2 (texts/4-fields.jsonl:2, texts/4-fields.jsonl:3)",
        "line too long: 1 (texts/5-long.jsonl:2)",
        "empty: 2 (texts/4-fields.jsonl:4, texts/6-empty.txt)",
        "files of other kinds, not read: 1 (texts/7-picture.png)"
    };

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Files.writeString(texts.resolve("1-good.txt"), SENTENCE.repeat(2000));
        Files.write(texts.resolve("2-latin1.txt"), "A line.\nCaf\u00e9.\n".getBytes(StandardCharsets.ISO_8859_1));
        byte[] packed = gzip();
        Files.write(texts.resolve("3-broken.jsonl.gz"), Arrays.copyOf(packed, packed.length / 2));
        Files.writeString(texts.resolve("4-fields.jsonl"), """
                {"text": "%s"}
                {"body": "no text"}
                {"text": 7}
                {"text": "  "}
                """.formatted(SENTENCE.repeat(20)));
        try (OutputStream out = Files.newOutputStream(texts.resolve("5-long.jsonl"))) {
            byte[] line = ("{\"text\": \"" + SENTENCE + "\"}\n").getBytes(StandardCharsets.UTF_8);
            out.write(line);
            byte[] block = new byte[1_000_000];
            Arrays.fill(block, (byte) 'a');
            for (int written = 0; written <= LINE_LIMIT; written += block.length) {
                out.write(block);
            }
            out.write('\n');
            out.write(line);
        }
        Files.createFile(texts.resolve("6-empty.txt"));
        Files.write(texts.resolve("7-picture.png"), new byte[] {1, 2, 3});
    }

    @Test
    void whatCannotBeUsedIsToldWithFileAndLineAndTheRestIsTrainedOn() throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(
                folder, "--data", "texts", "--steps", "2", "--out", "run", "--set", "data.maximum-bad-share=0.5");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains(TOLD).contains("done in");
    }

    @Test
    void tooMuchThatCannotBeUsedIsFatalAndEverythingIsTold() throws Exception {
        SpactorProcess.Outcome outcome = SmallRun.pretrain(folder, "--data", "texts", "--steps", "2", "--out", "none");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .containsPattern("7 of \\d+ documents cannot be used, that is \\d+\\.\\d % where 1\\.0 % are tolerated")
                .contains(TOLD)
                .doesNotContain("\tat ");
    }

    @Test
    void textThatTheTokenizerDoesNotKnowIsRefusedWithTheShareAndWhatToDo() throws Exception {
        Files.writeString(
                folder.resolve("russian.txt"),
                "\u041a\u043e\u0440\u0430\u0431\u043b\u044c \u043f\u043b\u044b\u043b \u043f\u043e \u043c\u043e\u0440\u044e. "
                        .repeat(500));
        String[] arguments = {"--data", "russian.txt", "--steps", "1", "--out", "russian"};
        SpactorProcess.Outcome refused = SmallRun.pretrain(folder, arguments);

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
        assertThat(refused.output())
                .containsPattern(
                        "the tokenizer does not know this text: \\d\\d\\.\\d % of its [\\d,]+ tokens are <unk>")
                .contains("data.maximum-unknown-share is 10.0 %", "as data.tokenizer");
        List<String> more = new ArrayList<>(List.of(arguments));
        more.addAll(List.of("--set", "data.maximum-unknown-share=1"));
        SpactorProcess.Outcome allowed = SmallRun.pretrain(folder, more.toArray(String[]::new));
        assertThat(allowed.exitCode()).as(allowed.output()).isZero();
        assertThat(allowed.output()).containsPattern("\\d\\d\\.\\d % of the tokens are <unk>");
    }

    /** Documents that do not pack well, so that half of the file has many of them. */
    private static byte[] gzip() throws IOException {
        Random random = new Random(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 100; i++) {
                String text = SENTENCE + Long.toString(random.nextLong(), Character.MAX_RADIX);
                out.write(("{\"text\": \"" + text + "\"}\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
