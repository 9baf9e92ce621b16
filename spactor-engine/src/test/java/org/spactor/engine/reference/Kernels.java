package org.spactor.engine.reference;

import java.util.Map;
import java.util.TreeMap;

/**
 * Kernels by the kind of instruction.
 *
 * @param byKind kernels in alphabetical order of their kinds
 */
public record Kernels(Map<String, Kernel> byKind) {
    public Kernels {
        byKind = Map.copyOf(byKind);
    }

    /** All kinds that the compiler makes. */
    public static Kernels standard() {
        Map<String, Kernel> kernels = new TreeMap<>();
        kernels.put("attention", AttentionKernels::forward);
        kernels.put("attention-gradient", AttentionKernels::gradient);
        kernels.put("compare", ComparisonKernels::compare);
        kernels.put("to-float", ComparisonKernels::toFloat);
        kernels.put("count-tokens", TokenKernels::count);
        kernels.put("cross-entropy", CrossEntropyKernels::forward);
        kernels.put("cross-entropy-gradient", CrossEntropyKernels::gradient);
        kernels.put("token-cross-entropy", CrossEntropyKernels::tokens);
        kernels.put("token-cross-entropy-gradient", CrossEntropyKernels::tokensGradient);
        kernels.put("log-sum-exp", CrossEntropyKernels::logSumExp);
        kernels.put("log-sum-exp-gradient", CrossEntropyKernels::logSumExpGradient);
        kernels.put("dropout", DropoutKernel::execute);
        kernels.put("embedding", EmbeddingKernels::forward);
        kernels.put("embedding-gradient", EmbeddingKernels::gradient);
        kernels.put("gated-gelu", GatedGeluKernels::forward);
        kernels.put("gated-gelu-gradient", GatedGeluKernels::gradient);
        kernels.put("gelu", GatedGeluKernels::plain);
        kernels.put("gelu-gradient", GatedGeluKernels::plainGradient);
        kernels.put("linear", LinearKernels::forward);
        kernels.put("linear-input-gradient", LinearKernels::inputGradient);
        kernels.put("linear-weight-gradient", LinearKernels::weightGradient);
        kernels.put("rectifier", RectifierKernels::forward);
        kernels.put("rectifier-gradient", RectifierKernels::gradient);
        kernels.put("relative-position-bias", RelativePositionBiasKernels::forward);
        kernels.put("relative-position-bias-gradient", RelativePositionBiasKernels::gradient);
        kernels.put("rms-norm", RmsNormKernels::forward);
        kernels.put("rms-norm-gradient", RmsNormKernels::gradient);
        kernels.put("rotary-positions", RotaryKernels::turn);
        kernels.put("scale", ScaleKernels::scale);
        kernels.put("shift-right", TokenKernels::shiftRight);
        kernels.put("weigh", ScaleKernels::weigh);
        kernels.put("states-at", PositionKernels::statesAt);
        kernels.put("states-at-gradient", PositionKernels::statesAtGradient);
        kernels.put("tokens-at", PositionKernels::tokensAt);
        kernels.put("replace-tokens", PositionKernels::replaceTokens);
        kernels.put("replacement-labels", PositionKernels::replacementLabels);
        kernels.put("sigmoid-cross-entropy", DetectionKernels::crossEntropy);
        kernels.put("sigmoid-cross-entropy-gradient", DetectionKernels::crossEntropyGradient);
        kernels.put("detections", DetectionKernels::detections);
        kernels.put("count-answers", DetectionKernels::countAnswers);
        kernels.put("correct-predictions", DetectionKernels::correctPredictions);
        kernels.put("sample-categorical", DetectionKernels::sample);
        kernels.put("copy", MovementKernels::copy);
        kernels.put("accumulate", MovementKernels::copy);
        kernels.put("to-bfloat16", MovementKernels::copy);
        kernels.put("add-all", StepKernels::addAll);
        kernels.put("sums-of-squares", StepKernels::sumsOfSquares);
        StockKernels.all().forEach((name, kernel) -> kernels.put("stock:" + name, kernel));
        return new Kernels(kernels);
    }

    /** These kernels and one more. */
    public Kernels with(String kind, Kernel kernel) {
        Map<String, Kernel> more = new TreeMap<>(byKind);
        more.put(kind, kernel);
        return new Kernels(more);
    }

    /**
     * The kernel of a kind.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Kernel get(String kind) {
        Kernel kernel = byKind.get(kind);
        if (kernel == null) {
            throw new IllegalArgumentException(
                    "the reference backend has no kernel for the kind '" + kind + "'; add one in Kernels");
        }
        return kernel;
    }
}
