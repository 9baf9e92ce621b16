package org.spactor.engine.train;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parameters that an optimizer treats in a way of their own. */
public interface ParameterGroup {
    /** Which ones: a name, in which {@code *} stands for any text, for instance {@code encoder.*.layer_norm.weight}. */
    String parameters();

    /** What their learning rate is multiplied by; 0: they stay as they are. */
    double learningRateFactor();

    /** Whether a parameter is in this group. */
    default boolean matches(String name) {
        String pattern =
                Stream.of(parameters().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.matches(pattern, name);
    }

    /** The first of some groups that a parameter is in. */
    static <G extends ParameterGroup> Optional<G> of(String name, List<G> groups) {
        return groups.stream().filter(group -> group.matches(name)).findFirst();
    }
}
