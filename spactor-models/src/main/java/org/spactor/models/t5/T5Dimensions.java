package org.spactor.models.t5;

import org.spactor.api.component.InvalidOptionException;

/**
 * The resolved size and form of a T5.
 *
 * @param dModel width
 * @param dFf width of the feed-forward layers
 * @param dKv width of a head
 * @param heads heads of every attention
 * @param layers blocks of the encoder
 * @param decoderLayers blocks of the decoder
 * @param gated whether the feed-forward layers are gated by gelu (T5 1.1), or have a plain relu (T5 1.0)
 * @param tied whether the output projection is the token embedding (T5 1.0)
 * @param dropout rate of dropout
 */
public record T5Dimensions(
        int dModel,
        int dFf,
        int dKv,
        int heads,
        int layers,
        int decoderLayers,
        boolean gated,
        boolean tied,
        double dropout) {

    /** A preset with what the options change of it. */
    static T5Dimensions of(T5Options options) {
        T5Dimensions preset = options.preset().dimensions();
        int dModel = orElse(options.dModel(), preset.dModel);
        int dKv = orElse(options.dKv(), preset.dKv);
        // a width of its own keeps the preset's proportions, so that d-model alone is enough to ask for a size
        int heads = orElse(
                options.heads(),
                Math.max(1, Math.round((float) preset.heads * preset.dKv * dModel / ((float) preset.dModel * dKv))));
        int dFf = orElse(options.dFf(), Math.max(1, Math.round((float) preset.dFf * dModel / preset.dModel)));
        int layers = orElse(options.layers(), preset.layers);
        if (options.layers() == 0 && options.decoderLayers() > 0 && options.decoderLayers() != layers) {
            throw new InvalidOptionException(
                    "decoder-layers", options.decoderLayers() + " without 'layers': give the encoder's too");
        }
        boolean gated = switch (options.feedForward()) {
            case PRESET -> preset.gated;
            case GATED_GELU -> true;
            case RELU -> false;
        };
        boolean tied = switch (options.outputProjection()) {
            case PRESET -> preset.tied;
            case TIED -> true;
            case SEPARATE -> false;
        };
        return new T5Dimensions(
                dModel,
                dFf,
                dKv,
                heads,
                layers,
                orElse(options.decoderLayers(), layers),
                gated,
                tied,
                options.dropout());
    }

    private static int orElse(int option, int preset) {
        return option > 0 ? option : preset;
    }
}
