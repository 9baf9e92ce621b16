package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.SentinelCorruptor;
import org.spactor.api.vocabulary.Vocabulary;

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
    void whatTheTokenizerDoesNotKnowIsCountedAndRefusedAboveALimit(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("text.txt");
        Files.writeString(file, "ship \u043a\u043e\u0440\u0430\u0431\u043b\u044c");
        Corpus corpus = Corpus.read(new TextFiles(List.of(file)), SentencePieceTokenizer.bundled(), characters -> {});

        assertThat(corpus.unknownTokens()).isEqualTo(1);
        assertThat(corpus.unknownShare()).isEqualTo(1.0 / corpus.tokens().tokens());
        corpus.requireKnown(0.5);
        assertThatThrownBy(() -> corpus.requireKnown(0.1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("33.3 % of its 3 tokens are <unk>, and data.maximum-unknown-share is 10.0 %");
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
        Vocabulary vocabulary = tokenizer.vocabulary();
        CorruptorChain corruptors =
                TestCorruptor.chain(List.of(new SentinelCorruptor(new T5SpanMask(), vocabulary)), vocabulary);
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
