package org.spactor.runner.training;

import java.util.List;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.data.Batch;
import org.spactor.data.BatchSource;
import org.spactor.data.DataReport;

/**
 * What a run reads.
 *
 * @param training batches by step
 * @param validation batches of held-out text, the same at every validation
 * @param lengths length of every feature
 * @param segmentTokens tokens of a raw segment
 * @param trainingTokens tokens of the text that is trained on
 * @param validationTokens tokens of the text that is held out
 * @param sha256 of the tokens of both, in hexadecimal
 * @param unknownShare share of the tokens that are {@code <unk>}, in [0, 1]
 * @param report what was read and what could not be
 */
public record TrainingData(
        BatchSource training,
        List<Batch> validation,
        FeatureLengths lengths,
        int segmentTokens,
        long trainingTokens,
        long validationTokens,
        String sha256,
        double unknownShare,
        DataReport report) {
    /** What the random numbers of training are for: the key by which corruptors draw. */
    public static final String PURPOSE = "training";

    public TrainingData {
        validation = List.copyOf(validation);
    }
}
