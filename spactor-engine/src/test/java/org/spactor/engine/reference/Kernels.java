package org.spactor.engine.reference;

import java.util.Map;
import java.util.TreeMap;
import org.spactor.engine.plan.Kinds;

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
        kernels.put(Kinds.ATTENTION, AttentionKernels::forward);
        kernels.put(Kinds.ATTENTION_GRADIENT, AttentionKernels::gradient);
        kernels.put(Kinds.FUSED_ATTENTION, FusedAttentionKernels::forward);
        kernels.put(Kinds.FUSED_ATTENTION_GRADIENT, FusedAttentionKernels::gradient);
        kernels.put(Kinds.COMPARE, ComparisonKernels::compare);
        kernels.put(Kinds.TO_FLOAT, ComparisonKernels::toFloat);
        kernels.put(Kinds.COUNT_TOKENS, TokenKernels::count);
        kernels.put(Kinds.CROSS_ENTROPY, CrossEntropyKernels::forward);
        kernels.put(Kinds.CROSS_ENTROPY_GRADIENT, CrossEntropyKernels::gradient);
        kernels.put(Kinds.TOKEN_CROSS_ENTROPY, CrossEntropyKernels::tokens);
        kernels.put(Kinds.TOKEN_CROSS_ENTROPY_GRADIENT, CrossEntropyKernels::tokensGradient);
        kernels.put(Kinds.LOG_SUM_EXP, CrossEntropyKernels::logSumExp);
        kernels.put(Kinds.LOG_SUM_EXP_GRADIENT, CrossEntropyKernels::logSumExpGradient);
        kernels.put(Kinds.DROPOUT, DropoutKernel::execute);
        kernels.put(Kinds.EMBEDDING, EmbeddingKernels::forward);
        kernels.put(Kinds.EMBEDDING_GRADIENT, EmbeddingKernels::gradient);
        kernels.put(Kinds.GATED_GELU, GatedGeluKernels::forward);
        kernels.put(Kinds.GATED_GELU_GRADIENT, GatedGeluKernels::gradient);
        kernels.put(Kinds.GELU, GatedGeluKernels::plain);
        kernels.put(Kinds.GELU_GRADIENT, GatedGeluKernels::plainGradient);
        kernels.put(Kinds.LINEAR, LinearKernels::forward);
        kernels.put(Kinds.LINEAR_INPUT_GRADIENT, LinearKernels::inputGradient);
        kernels.put(Kinds.LINEAR_WEIGHT_GRADIENT, LinearKernels::weightGradient);
        kernels.put(Kinds.RECTIFIER, RectifierKernels::forward);
        kernels.put(Kinds.RECTIFIER_GRADIENT, RectifierKernels::gradient);
        kernels.put(Kinds.RELATIVE_POSITION_BIAS, RelativePositionBiasKernels::forward);
        kernels.put(Kinds.RELATIVE_POSITION_BIAS_GRADIENT, RelativePositionBiasKernels::gradient);
        kernels.put(Kinds.RMS_NORM, RmsNormKernels::forward);
        kernels.put(Kinds.RMS_NORM_GRADIENT, RmsNormKernels::gradient);
        kernels.put(Kinds.ROTARY_POSITIONS, RotaryKernels::turn);
        kernels.put(Kinds.SCALE, ScaleKernels::scale);
        kernels.put(Kinds.SHIFT_RIGHT, TokenKernels::shiftRight);
        kernels.put(Kinds.WEIGH, ScaleKernels::weigh);
        kernels.put(Kinds.STATES_AT, PositionKernels::statesAt);
        kernels.put(Kinds.STATES_AT_GRADIENT, PositionKernels::statesAtGradient);
        kernels.put(Kinds.TOKENS_AT, PositionKernels::tokensAt);
        kernels.put(Kinds.REPLACE_TOKENS, PositionKernels::replaceTokens);
        kernels.put(Kinds.REPLACEMENT_LABELS, PositionKernels::replacementLabels);
        kernels.put(Kinds.SIGMOID_CROSS_ENTROPY, DetectionKernels::crossEntropy);
        kernels.put(Kinds.SIGMOID_CROSS_ENTROPY_GRADIENT, DetectionKernels::crossEntropyGradient);
        kernels.put(Kinds.DETECTIONS, DetectionKernels::detections);
        kernels.put(Kinds.COUNT_ANSWERS, DetectionKernels::countAnswers);
        kernels.put(Kinds.CORRECT_PREDICTIONS, DetectionKernels::correctPredictions);
        kernels.put(Kinds.SAMPLE_CATEGORICAL, DetectionKernels::sample);
        kernels.put(Kinds.COPY, MovementKernels::copy);
        kernels.put(Kinds.ACCUMULATE, MovementKernels::copy);
        kernels.put(Kinds.TO_BFLOAT16, StepKernels::round);
        kernels.put(Kinds.ADD_ALL, StepKernels::addAll);
        kernels.put(Kinds.SUMS_OF_SQUARES, StepKernels::sumsOfSquares);
        kernels.put(Kinds.MAP, MapKernels::map);
        kernels.put(Kinds.MAP_SUM, MapKernels::sum);
        kernels.putAll(StockKernels.all());
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
