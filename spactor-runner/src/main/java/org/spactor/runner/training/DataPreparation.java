package org.spactor.runner.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.spactor.data.Batch;
import org.spactor.data.BatchSource;
import org.spactor.data.BundledText;
import org.spactor.data.Corpus;
import org.spactor.data.CorruptorChain;
import org.spactor.data.DataLimits;
import org.spactor.data.DocumentSource;
import org.spactor.data.Packing;
import org.spactor.data.SegmentLength;
import org.spactor.data.Segments;
import org.spactor.data.SentencePieceTokenizer;
import org.spactor.data.ShuffledSegments;
import org.spactor.data.TextFiles;
import org.spactor.data.TokenStore;
import org.spactor.data.Tokenizer;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.configuration.DataSettings;
import org.spactor.runner.configuration.SpactorConfiguration;

/** Reads, tokenises, splits and packs what the configuration names. */
public final class DataPreparation {
    private static final String BUNDLED = "bundled";

    private final SpactorConfiguration configuration;

    /** Prepares what this configuration names. */
    public DataPreparation(SpactorConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The tokenizer. */
    public Tokenizer tokenizer() {
        String tokenizer = configuration.data().tokenizer();
        return tokenizer.equals(BUNDLED)
                ? SentencePieceTokenizer.bundled()
                : SentencePieceTokenizer.of(Path.of(tokenizer));
    }

    /**
     * Reads everything.
     *
     * @param charactersRead told, now and then, how many characters were read so far
     */
    public TrainingData read(Tokenizer tokenizer, Components components, LongConsumer charactersRead) {
        DataSettings settings = configuration.data();
        long seed = configuration.run().seed();
        int batchSize = configuration.training().batchSize();
        CorruptorChain corruptors = components.corruptors();
        SegmentLength segment = components.segmentLength(settings.inputLength());
        Corpus corpus = corpus(settings, tokenizer, charactersRead);
        TokenStore.Split split = corpus.tokens().split(settings.validation().fraction(), segment.tokens(), seed);
        Segments trainingText = new ShuffledSegments(Packing.shuffled(split.training(), segment.tokens(), seed), seed);
        BatchSource training =
                new BatchSource(trainingText, corruptors, segment.lengths(), batchSize, seed, TrainingData.PURPOSE);
        return new TrainingData(
                training,
                validationBatches(split.validation(), corruptors, segment),
                segment.lengths(),
                segment.tokens(),
                split.training().tokens(),
                split.validation().tokens(),
                TokenStore.sha256(split.training(), split.validation()),
                corpus.unknownShare(),
                corpus.report());
    }

    /** The raw segments that are trained on, in the order in which they are; reads everything. */
    public Segments segments(Tokenizer tokenizer, Components components) {
        DataSettings settings = configuration.data();
        long seed = configuration.run().seed();
        int segmentTokens = components.segmentLength(settings.inputLength()).tokens();
        Corpus corpus = corpus(settings, tokenizer, characters -> {});
        TokenStore.Split split = corpus.tokens().split(settings.validation().fraction(), segmentTokens, seed);
        return new ShuffledSegments(Packing.shuffled(split.training(), segmentTokens, seed), seed);
    }

    private static Corpus corpus(DataSettings settings, Tokenizer tokenizer, LongConsumer charactersRead) {
        Corpus corpus = Corpus.read(source(settings), tokenizer, charactersRead);
        corpus.requireKnown(settings.maximumUnknownShare());
        return corpus;
    }

    private static DocumentSource source(DataSettings settings) {
        DataLimits limits = DataLimits.defaults().withMaximumBadShare(settings.maximumBadShare());
        List<Path> inputs = settings.inputs().stream().map(Path::of).toList();
        return inputs.isEmpty() ? new BundledText() : new TextFiles(inputs, limits);
    }

    /** Whole batches of held-out text in its order, each segment at most once; short text is repeated to fill one. */
    private List<Batch> validationBatches(TokenStore text, CorruptorChain corruptors, SegmentLength segment) {
        int batchSize =
                configuration.training().batchSize() / configuration.training().accumulation();
        if (text.tokens() == 0) {
            return List.of();
        }
        Packing packing = Packing.inOrder(text, segment.tokens());
        BatchSource source = new BatchSource(
                packing,
                corruptors,
                segment.lengths(),
                batchSize,
                configuration.run().seed(),
                "validation");
        long whole = Math.max(1, packing.wholeSegments() / batchSize);
        long count = Math.min(configuration.data().validation().batches(), whole);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(source.batch(i));
        }
        return batches;
    }
}
