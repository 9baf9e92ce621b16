package org.spactor.runner.configuration.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key taken apart.
 *
 * @param steps from the root; at least one, the first not an index
 */
public record KeyPath(List<Step> steps) {
    private static final Pattern KEY =
            Pattern.compile("[^.\\[\\]\\s]+(\\[\\d{1,4}])*(\\.[^.\\[\\]\\s]+(\\[\\d{1,4}])*)*");
    private static final Pattern STEP = Pattern.compile("\\[(?<index>\\d+)]|(?<name>[^.\\[\\]]+)");

    public KeyPath {
        steps = List.copyOf(steps);
    }

    /**
     * Takes a key apart.
     *
     * @param key for instance {@code corruptors[0].options.noise-density}
     * @throws IllegalArgumentException if it is not a key
     */
    public static KeyPath parse(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "'" + key + "' is not a key such as 'training.steps' or 'corruptors[0].name'");
        }
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(key);
        while (matcher.find()) {
            String index = matcher.group("index");
            steps.add(
                    index == null
                            ? new Step(matcher.group("name"), false)
                            : new Step(String.valueOf(Integer.parseInt(index)), true));
        }
        return new KeyPath(steps);
    }

    /**
     * One step into a configuration.
     *
     * @param name a key of a mapping, or an index of a list in decimal
     * @param index whether it is an index
     */
    public record Step(String name, boolean index) {}
}
