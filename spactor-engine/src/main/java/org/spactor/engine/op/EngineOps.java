package org.spactor.engine.op;

import java.util.List;
import org.nd4j.imports.converters.ImportClassMapping;

/** The engine's own operations, and their registration with SameDiff. */
public final class EngineOps {
    private static final List<EngineOp> ALL = List.of(
            new Attention(),
            new Attention.Gradient(),
            new BlockEnd(),
            new Compare(),
            new CorrectPredictions(),
            new CountAnswers(),
            new CountTokens(),
            new CrossEntropy(),
            new CrossEntropy.Gradient(),
            new Detections(),
            new Dropout(),
            new Embedding(),
            new Embedding.Gradient(),
            new GatedGelu(),
            new GatedGelu.Gradient(),
            new Gelu(),
            new Gelu.Gradient(),
            new Linear(),
            new Linear.InputGradient(),
            new Linear.WeightGradient(),
            new Rectifier(),
            new Rectifier.Gradient(),
            new LogSumExp(),
            new LogSumExp.Gradient(),
            new RelativePositionBias(),
            new RelativePositionBias.Gradient(),
            new ReplaceTokens(),
            new ReplacementLabels(),
            new RmsNorm(),
            new RmsNorm.Gradient(),
            new RotaryPositions(),
            new SampleCategorical(),
            new Scale(),
            new ShiftRight(),
            new SigmoidCrossEntropy(),
            new SigmoidCrossEntropy.Gradient(),
            new StatesAt(),
            new StatesAt.Gradient(),
            new StopGradient(),
            new ToFloat(),
            new TokenCrossEntropy(),
            new TokenCrossEntropy.Gradient(),
            new TokensAt(),
            new Weigh());

    private EngineOps() {}

    /**
     * Makes the operations known to SameDiff, which looks them up by name when it clones a graph to differentiate it.
     * Calling this again changes nothing.
     */
    public static void register() {
        for (EngineOp op : ALL) {
            ImportClassMapping.getOpNameMapping().putIfAbsent(op.opName(), op);
        }
    }

    /** The names of all operations in plans. */
    public static List<String> kinds() {
        return ALL.stream().map(EngineOp::kind).toList();
    }
}
