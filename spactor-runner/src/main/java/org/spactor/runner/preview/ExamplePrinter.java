package org.spactor.runner.preview;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.text.WordUtils;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.Tokenizer;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Prints an example: a sentinel has the same colour in the inputs as it and the tokens behind it have in the targets;
 * positions that a feature points to are underlined in the inputs; ids that stand for nothing are reversed.
 */
public final class ExamplePrinter {
    private static final int WIDTH = 80;
    private static final String INDENT = "  ";
    private static final List<IStyle> COLOURS =
            List.of(Style.fg_cyan, Style.fg_magenta, Style.fg_green, Style.fg_yellow, Style.fg_blue, Style.fg_red);

    private final PrintWriter out;
    private final Ansi ansi;
    private final Tokenizer tokenizer;
    private final Vocabulary vocabulary;

    /** A printer of tokens of this tokenizer. */
    public ExamplePrinter(PrintWriter out, Ansi ansi, Tokenizer tokenizer) {
        this.out = out;
        this.ansi = ansi;
        this.tokenizer = tokenizer;
        this.vocabulary = tokenizer.vocabulary();
    }

    /** Prints a segment and what was made of it. */
    public void print(int[] segment, Example example) {
        heading("segment", segment.length);
        tokens(segment, Set.of(), false);
        Set<Integer> marked = positions(example);
        for (Feature feature : example.features()) {
            int[] values = example.get(feature);
            heading(feature.name(), values.length);
            if (!(feature.domain() instanceof Feature.Domain.Tokens)) {
                String numbers = Arrays.toString(values);
                WordUtils.wrap(numbers.substring(1, numbers.length() - 1), WIDTH - INDENT.length())
                        .lines()
                        .forEach(line -> out.println(INDENT + line));
            } else {
                tokens(values, feature.equals(Feature.INPUTS) ? marked : Set.of(), feature.equals(Feature.TARGETS));
            }
        }
    }

    private void heading(String name, int length) {
        out.println(bold(name) + String.format(Locale.ROOT, " (%,d)", length));
    }

    private void tokens(int[] tokens, Set<Integer> marked, boolean spansHaveColour) {
        StyledText text = new StyledText();
        List<IStyle> span = List.of();
        int start = 0;
        List<IStyle> current = null;
        for (int i = 0; i <= tokens.length; i++) {
            List<IStyle> style = null;
            if (i < tokens.length) {
                boolean sentinel = vocabulary.isSentinel(tokens[i]);
                span = sentinel && spansHaveColour ? colour(tokens[i]) : span;
                style = sentinel ? with(colour(tokens[i]), Style.bold) : style(tokens[i], span, marked.contains(i));
            }
            // a sentinel stands for itself, whatever its neighbours look like
            boolean ends = i == tokens.length || !style.equals(current) || vocabulary.isSentinel(tokens[i]);
            if (ends && i > start) {
                text.append(decode(tokens, start, i), current);
            }
            if (ends) {
                start = i;
                current = style;
            }
        }
        text.lines(WIDTH - INDENT.length(), ansi).forEach(line -> out.println(INDENT + line));
    }

    private List<IStyle> style(int token, List<IStyle> span, boolean marked) {
        if (token >= vocabulary.firstUnused()) {
            return List.of(Style.reverse);
        }
        if (token == vocabulary.end()) {
            return List.of();
        }
        return marked ? with(span, Style.underline) : span;
    }

    private List<IStyle> colour(int sentinel) {
        int number = vocabulary.sentinel(0) - sentinel;
        return List.of(COLOURS.get(number % COLOURS.size()));
    }

    private static List<IStyle> with(List<IStyle> styles, IStyle more) {
        List<IStyle> all = new ArrayList<>(styles);
        all.add(more);
        return all;
    }

    /** The text of some of the tokens as it is among the others: with the space in front, if there is one. */
    private String decode(int[] tokens, int from, int to) {
        String before = tokenizer.decode(Arrays.copyOf(tokens, from));
        String all = tokenizer.decode(Arrays.copyOf(tokens, to));
        String own = all.startsWith(before)
                ? all.substring(before.length())
                : tokenizer.decode(Arrays.copyOfRange(tokens, from, to));
        return to == tokens.length && to > 0 && tokens[to - 1] == vocabulary.end() ? own + " </s>" : own;
    }

    private static Set<Integer> positions(Example example) {
        Set<Integer> positions = new HashSet<>();
        for (Feature feature : example.features()) {
            if (isPositions(feature)) {
                for (int position : example.get(feature)) {
                    positions.add(position);
                }
            }
        }
        return positions;
    }

    static boolean isPositions(Feature feature) {
        return feature.domain() instanceof Feature.Domain.Positions;
    }

    private String bold(String text) {
        return ansi.enabled() ? Style.on(Style.bold) + text + Style.off(Style.bold) + Style.reset.off() : text;
    }
}
