package org.spactor.objectives.objective;

/** The names of the built-in losses, by which curricula weigh them and reports show them. */
public final class Losses {
    /** Masked language modelling: cross-entropy of the generator at the masked positions, in nats per position. */
    public static final String MASKED_LANGUAGE_MODELLING = "mlm";

    /** Replaced token detection: sigmoid cross-entropy of the discriminator, in nats per token. */
    public static final String REPLACED_TOKEN_DETECTION = "rtd";

    /** Span corruption: cross-entropy of the decoder, in nats per target token. */
    public static final String SPAN_CORRUPTION = "sc";

    private Losses() {}
}
