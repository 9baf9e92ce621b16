package org.spactor.api.component;

import java.util.regex.Pattern;
import org.apiguardian.api.API;

/** What names may look like: those of components, plugins, losses, stages, features, parameters and metrics. */
@API(status = API.Status.INTERNAL, since = "0.2")
public final class Names {
    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*");

    private Names() {}

    /** Whether a name is lower case, with words joined by hyphens, such as {@code token-mask}. */
    public static boolean isKebabCase(String name) {
        return name != null && KEBAB_CASE.matcher(name).matches();
    }

    /**
     * A name in lower case, with words joined by hyphens.
     *
     * @param what what it is the name of, for instance {@code loss}
     * @throws IllegalArgumentException if it is none
     */
    public static String requireKebabCase(String what, String name) {
        return require(what, name, KEBAB_CASE, "lower case, words joined by hyphens, such as 'token-mask'");
    }

    /**
     * The name of a parameter.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String requireParameter(String name) {
        return require(
                "parameter",
                name,
                PARAMETER,
                "of letters, digits, '_' and '-', with dots between its parts, such as 'encoder.block.0.weight'");
    }

    /**
     * The name of a metric.
     *
     * @throws IllegalArgumentException if it is none, or one of those that losses have
     */
    public static String requireMetric(String name) {
        require("metric", name, METRIC, "lower case, words joined by hyphens and dots, such as 'accuracy.mlm'");
        if (name.startsWith("loss.") || name.startsWith("hybrid.") || name.indexOf('.') < 0) {
            throw new IllegalArgumentException("the metric '" + name
                    + "' would be taken for something else in metrics.jsonl: its name has at least two parts, of which"
                    + " the first is neither 'loss' nor 'hybrid', such as 'accuracy.mlm'");
        }
        return name;
    }

    private static String require(String what, String name, Pattern pattern, String rule) {
        if (name == null || !pattern.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the " + what + " " + quote(name) + " is not named as it has to be: " + rule);
        }
        return name;
    }

    private static String quote(String name) {
        return name == null ? "null" : "'" + name.replaceAll("\\p{Cntrl}", "\u2423") + "'";
    }
}
