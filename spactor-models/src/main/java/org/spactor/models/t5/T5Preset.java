package org.spactor.models.t5;

/**
 * The published sizes. Source: Raffel et al., <i>Exploring the limits of transfer learning</i>, 2020 (T5 1.0), and the
 * checkpoints of T5 1.1.
 */
public enum T5Preset {
    T5_1_1_SMALL("t5-1.1-small", 512, 1024, 8, 6, true),
    T5_1_1_BASE("t5-1.1-base", 768, 2048, 12, 12, true),
    T5_1_1_LARGE("t5-1.1-large", 1024, 2816, 24, 16, true),
    T5_SMALL("t5-small", 512, 2048, 6, 8, false),
    T5_BASE("t5-base", 768, 3072, 12, 12, false),
    T5_LARGE("t5-large", 1024, 4096, 24, 16, false);

    private static final int HEAD_WIDTH = 64;

    private final String label;
    private final int dModel;
    private final int dFf;
    private final int layers;
    private final int heads;
    private final boolean version11;

    T5Preset(String label, int dModel, int dFf, int layers, int heads, boolean version11) {
        this.label = label;
        this.dModel = dModel;
        this.dFf = dFf;
        this.layers = layers;
        this.heads = heads;
        this.version11 = version11;
    }

    /** The preset's dimensions. */
    public T5Dimensions dimensions() {
        return new T5Dimensions(dModel, dFf, HEAD_WIDTH, heads, layers, layers, version11, !version11, 0);
    }

    @Override
    public String toString() {
        return label;
    }
}
