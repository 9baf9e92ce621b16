package org.spactor.example;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.component.Option;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;

/** Makes the curriculum {@code cosine-hand-over}, {@link CosineHandOver}. */
public final class CosineHandOverProvider implements CurriculumProvider<CosineHandOverProvider.Options> {
    /** Options of the curriculum. */
    record Options(
            @Option(description = "Losses that end; none named: all of the objective's", defaultValue = "")
            List<String> from,

            @Option(
                    description = "Their weights at the start; none named: 1 each",
                    defaultValue = "",
                    range = "(0, inf)")
            List<Double> fromWeights,

            @Option(
                    description = "Losses that begin, which may be among the others; none named: the objective's first",
                    defaultValue = "")
            List<String> to,

            @Option(description = "Their weights at the end; none named: 1 each", defaultValue = "", range = "(0, inf)")
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
    public Curriculum create(Options options, CurriculumContext context) {
        List<String> from = options.from().isEmpty() ? context.losses() : options.from();
        List<String> to = options.to().isEmpty() ? context.losses().subList(0, 1) : options.to();
        return new CosineHandOver(
                weights(from, options.fromWeights(), "from-weights"),
                weights(to, options.toWeights(), "to-weights"),
                options.share());
    }

    private static Map<String, Double> weights(List<String> losses, List<Double> weights, String option) {
        if (!weights.isEmpty() && losses.size() != weights.size()) {
            throw new InvalidOptionException(option, weights + " is not one for each of the losses " + losses);
        }
        Map<String, Double> byLoss = new LinkedHashMap<>();
        for (int i = 0; i < losses.size(); i++) {
            byLoss.put(losses.get(i), weights.isEmpty() ? 1 : weights.get(i));
        }
        return byLoss;
    }
}
