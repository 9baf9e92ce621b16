package org.spactor.models.t5;

/**
 * The resolved size of a generator.
 *
 * @param layers blocks
 * @param width width of its hidden states
 * @param ownEmbedding whether it has a token embedding of its own
 */
public record GeneratorDimensions(int layers, int width, boolean ownEmbedding) {
    private static final int SHARE_OF_LAYERS = 4;

    /** What the options say, or a quarter of the encoder's layers at its width. */
    static GeneratorDimensions of(T5Options options, T5Dimensions dimensions) {
        int layers = options.generatorLayers() > 0
                ? options.generatorLayers()
                : Math.max(1, dimensions.layers() / SHARE_OF_LAYERS);
        int width = options.generatorWidth() > 0 ? options.generatorWidth() : dimensions.dModel();
        return new GeneratorDimensions(layers, width, options.generatorEmbedding() == T5Options.GeneratorEmbedding.OWN);
    }

    /** A generator for models that nobody trains with one: a quarter of the layers, everything else as the encoder. */
    static GeneratorDimensions standard(T5Dimensions dimensions) {
        return new GeneratorDimensions(Math.max(1, dimensions.layers() / SHARE_OF_LAYERS), dimensions.dModel(), false);
    }

    /** The blocks' dimensions: the encoder's, in proportion to the width. */
    T5Dimensions blocks(T5Dimensions encoder) {
        double factor = (double) width / encoder.dModel();
        return new T5Dimensions(
                width,
                Math.max(1, (int) Math.round(encoder.dFf() * factor)),
                encoder.dKv(),
                Math.max(1, (int) Math.round(encoder.heads() * factor)),
                layers,
                layers,
                encoder.gated(),
                encoder.tied(),
                encoder.dropout());
    }
}
