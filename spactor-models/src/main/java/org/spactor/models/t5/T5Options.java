package org.spactor.models.t5;

import org.spactor.api.component.Option;

/**
 * Options of {@link T5}. Those that are 0 or {@code preset} take the preset's value.
 *
 * @param preset the published size to start from
 * @param dModel width
 * @param dFf width of the feed-forward layers
 * @param dKv width of a head
 * @param heads heads of every attention
 * @param layers blocks of the encoder
 * @param decoderLayers blocks of the decoder
 * @param feedForward form of the feed-forward layers
 * @param outputProjection whether the output projection is the token embedding or a matrix of its own
 * @param dropout rate of dropout
 * @param generatorLayers blocks of the generator
 * @param generatorWidth width of the generator
 * @param generatorEmbedding whose token embedding the generator reads and writes with
 */
public record T5Options(
        @Option(description = "Published size to start from", defaultValue = "t5-1.1-small", source = "T5, T5 1.1")
        T5Preset preset,

        @Option(description = "Width d_model; 0: the preset's", defaultValue = "0", range = "[0, 65536]")
        int dModel,

        @Option(
                description = "Width of the feed-forward layers; 0: the preset's, scaled with d-model",
                defaultValue = "0",
                range = "[0, 262144]")
        int dFf,

        @Option(description = "Width of a head; 0: the preset's", defaultValue = "0", range = "[0, 1024]")
        int dKv,

        @Option(
                description = "Heads of every attention; 0: the preset's, scaled with d-model",
                defaultValue = "0",
                range = "[0, 1024]")
        int heads,

        @Option(description = "Blocks of the encoder; 0: the preset's", defaultValue = "0", range = "[0, 1024]")
        int layers,

        @Option(
                description = "Blocks of the decoder; 0: as many as the encoder has",
                defaultValue = "0",
                range = "[0, 1024]")
        int decoderLayers,

        @Option(
                description = "Form of the feed-forward layers: gated-gelu is T5 1.1's, relu T5 1.0's",
                defaultValue = "preset")
        FeedForward feedForward,

        @Option(
                description = "Output projection: tied to the token embedding (T5 1.0) or separate (T5 1.1)",
                defaultValue = "preset")
        OutputProjection outputProjection,

        @Option(description = "Rate of dropout", defaultValue = "0", range = "[0, 1)", source = "T5 1.1 pre-training")
        double dropout,

        @Option(
                description = "Blocks of the generator; 0: a quarter of the encoder's, at least 1",
                defaultValue = "0",
                range = "[0, 1024]",
                source = "SpacTor from memory: 3 at Base, 6 at Large")
        int generatorLayers,

        @Option(
                description = "Width of the generator; 0: the encoder's. Another one adds a projection",
                defaultValue = "0",
                range = "[0, 65536]",
                source = "SpacTor from memory")
        int generatorWidth,

        @Option(
                description = "Token embedding of the generator: the encoder's or its own",
                defaultValue = "shared",
                source = "ELECTRA, SpacTor from memory")
        GeneratorEmbedding generatorEmbedding) {

    /** Form of the feed-forward layers. */
    public enum FeedForward {
        PRESET,
        GATED_GELU,
        RELU
    }

    /** Where the output projection comes from. */
    public enum OutputProjection {
        PRESET,
        SEPARATE,
        TIED
    }

    /** Whose token embedding the generator reads and writes with. */
    public enum GeneratorEmbedding {
        SHARED,
        OWN
    }
}
