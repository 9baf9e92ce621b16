package org.spactor.engine.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spactor.api.component.InvalidOptionException;

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

    /**
     * Refuses groups in which no parameter is: a slip of the pen that nobody would notice.
     *
     * @param groups as the option {@code groups} lists them
     * @param names of all parameters
     * @throws InvalidOptionException at the first of the empty groups
     */
    static void requireParameters(List<? extends ParameterGroup> groups, Set<String> names) {
        List<ParameterGroup> empty = new ArrayList<>();
        for (ParameterGroup group : groups) {
            if (names.stream().noneMatch(group::matches)) {
                empty.add(group);
            }
        }
        if (!empty.isEmpty()) {
            String patterns =
                    empty.stream().map(group -> "'" + group.parameters() + "'").collect(Collectors.joining(" or "));
            throw new InvalidOptionException(
                    "groups[" + groups.indexOf(empty.get(0)) + "].parameters",
                    "no parameter has a name like " + patterns + ". The names are:\n  " + String.join("\n  ", names));
        }
    }

    /** The first of some groups that a parameter is in. */
    static <G extends ParameterGroup> Optional<G> of(String name, List<G> groups) {
        return groups.stream().filter(group -> group.matches(name)).findFirst();
    }
}
