package org.spactor.engine.plan;

import org.spactor.api.corruption.Feature;

/** What the inputs, the results and the shared tensors of a model's plans are called. */
public final class PlanNames {
    /** Input: the key of the run's random numbers, [1] INT64. */
    public static final String RANDOM_KEY = "random-key";

    private static final String FEATURE = "feature.";
    private static final String WEIGHT = "weight.";
    private static final String ROUNDED = "/bfloat16";

    private PlanNames() {}

    /** Input: a feature of the examples, [B, T] INT32. */
    public static String inputOf(Feature feature) {
        return FEATURE + feature.name();
    }

    /** Input: a loss's weight divided by its count, []. */
    public static String weightOf(String loss) {
        return WEIGHT + loss;
    }

    /** Whether an input may be called so, and a parameter therefore not. */
    public static boolean isInput(String name) {
        return name.startsWith(FEATURE) || name.startsWith(WEIGHT) || name.equals(RANDOM_KEY);
    }

    /** Result: the sum of a loss or metric over the tokens, []. */
    public static String sumOf(String loss) {
        return "sum." + loss;
    }

    /** Result: the number of tokens that a loss or metric counts, []. */
    public static String countOf(String loss) {
        return "count." + loss;
    }

    /** Result: the gradient of a parameter, of the parameter's shape. */
    public static String gradientOf(String parameter) {
        return "gradient." + parameter;
    }

    /** The copy of a tensor that is rounded to bfloat16. */
    public static String roundedOf(String original) {
        return original + ROUNDED;
    }

    /** The tensor of which a rounded copy is one, given the copy's name. */
    public static String originalOf(String rounded) {
        return rounded.substring(0, rounded.length() - ROUNDED.length());
    }
}
