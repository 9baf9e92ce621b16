package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.SentinelCorruptor;

class CorpusTest {
    private final SentencePieceTokenizer tokenizer = SentencePieceTokenizer.bundled();

    @Test
    void documentsAreTokenisedInOrder(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.jsonl"), "{\"text\": \"Call me Ishmael.\"}\n{\"text\": \"It was the whale.\"}\n");
        List<Long> progress = new ArrayList<>();

        Corpus corpus = Corpus.read(new TextFiles(List.of(file)), tokenizer, progress::add);

        assertThat(corpus.tokens().documents()).isEqualTo(2);
        assertThat(Stores.document(corpus.tokens(), 0)).isEqualTo(tokenizer.encode("Call me Ishmael."));
        assertThat(Stores.document(corpus.tokens(), 1)).isEqualTo(tokenizer.encode("It was the whale."));
        assertThat(progress).containsExactly(16L, 33L);
        assertThat(corpus.report().characters()).isEqualTo(33);
    }

    @Test
    void theBundledTextIsMobyDick() {
        List<Document> documents = new ArrayList<>();

        DataReport report = new BundledText().read(documents::add);

        assertThat(report.documents()).isEqualTo(135);
        assertThat(report.unusable()).isZero();
        assertThat(documents.get(0).text()).startsWith("Call me Ishmael.");
    }

    @Test
    void theBundledTextGoesAllTheWayToBatches() {
        TokenStore store =
                Corpus.read(new BundledText(), tokenizer, characters -> {}).tokens();
        List<Corruptor> corruptors = List.of(new SentinelCorruptor(new T5SpanMask(), tokenizer.vocabulary()));
        SegmentLength segment = SegmentLength.longest(corruptors, 128);
        TokenStore.Split split = store.split(0.01, segment.tokens(), 17);
        Packing packing = Packing.shuffled(split.training(), segment.tokens(), 17);
        BatchSource source = new BatchSource(packing, corruptors, segment.lengths(), 32, 17, "corruption");

        try (BatchPipeline pipeline = new BatchPipeline(source::batch, 0)) {
            Batch batch = pipeline.next();

            assertThat(batch.length(Feature.INPUTS)).isEqualTo(128);
            assertThat(batch.length(Feature.TARGETS)).isEqualTo(29);
            assertThat(batch.tokens()).isEqualTo(32L * (128 + 29));
        }
        assertThat(store.tokens()).isBetween(300_000L, 340_000L);
        assertThat(split.validation().tokens()).isBetween(store.tokens() / 100, store.tokens() / 40);
        assertThat(Packing.inOrder(split.validation(), segment.tokens()).wholeSegments())
                .isGreaterThan(20);
    }
}
