package org.spactor.objectives.curriculum;

/** What the options of all curricula with a hybrid stage say about the weights of the losses. */
final class WeightOptions {
    static final String MLM = "Weight of the generator's loss, masked language modelling, in the hybrid stage";
    static final String MLM_DEFAULT = "1";
    static final String RTD = "Weight of the discriminator's loss, replaced token detection, in the hybrid stage";
    static final String RTD_DEFAULT = "10";
    static final String SC = "Weight of the decoder's loss, span corruption, in the hybrid stage";
    static final String SC_DEFAULT = "10";
    static final String FINAL_SC = "Weight of the decoder's loss after the hybrid stage; -1 keeps sc-weight";
    static final String FINAL_SC_DEFAULT = "-1";
    static final String RANGE = "[0, inf)";
    static final String RANGE_OR_DEFAULT = "[-1, inf)";
    static final String SOURCE = "SpacTor-T5, from memory";

    private WeightOptions() {}
}
