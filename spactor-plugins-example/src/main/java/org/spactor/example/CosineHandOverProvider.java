package org.spactor.example;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.component.Option;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumProvider;

/** Makes the curriculum {@code cosine-hand-over}, {@link CosineHandOver}. */
public final class CosineHandOverProvider implements CurriculumProvider<CosineHandOverProvider.Options> {
    /** Options of the curriculum. */
    record Options(
            @Option(
                    description = "Losses that end; none: those that begin have their full weight at once",
                    defaultValue = "mlm, rtd, sc")
            List<String> from,

            @Option(
                    description = "Their weights at the start",
                    defaultValue = "1, 10, 10",
                    range = "(0, inf)",
                    source = "SpacTor-T5, from memory")
            List<Double> fromWeights,

            @Option(description = "Losses that begin; a loss may be on both sides", defaultValue = "sc")
            List<String> to,

            @Option(description = "Their weights at the end", defaultValue = "10", range = "(0, inf)")
            List<Double> toWeights,

            @Option(
                    description = "Share of the steps that the hand-over takes",
                    defaultValue = "0.24",
                    range = "(0, 1]",
                    source = "Twice SpacTor-T5's, so that as much of the hybrid objective is seen")
            double share) {}

    @Override
    public String name() {
        return "cosine-hand-over";
    }

    @Override
    public String summary() {
        return "Hands over from some losses to others, smoothly along half a cosine";
    }

    @Override
    public String source() {
        return "SGDR (Loshchilov and Hutter, 2017) for the curve";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Curriculum create(Options options) {
        if (options.to().isEmpty()) {
            throw new InvalidOptionException("to", "[] leaves nothing to learn at the end. Name at least one loss");
        }
        return new CosineHandOver(
                weights(options.from(), options.fromWeights(), "from-weights"),
                weights(options.to(), options.toWeights(), "to-weights"),
                options.share());
    }

    private static Map<String, Double> weights(List<String> losses, List<Double> weights, String option) {
        if (losses.size() != weights.size()) {
            throw new InvalidOptionException(option, weights + " is not one for each of the losses " + losses);
        }
        Map<String, Double> byLoss = new LinkedHashMap<>();
        for (int i = 0; i < losses.size(); i++) {
            byLoss.put(losses.get(i), weights.get(i));
        }
        return byLoss;
    }
}
