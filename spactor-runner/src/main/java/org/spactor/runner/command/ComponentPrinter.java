package org.spactor.runner.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.text.WordUtils;
import org.spactor.api.component.ComponentProvider;
import org.spactor.runner.component.ComponentCatalogue;
import org.spactor.runner.component.ComponentKind;
import org.spactor.runner.component.RegisteredComponent;
import org.spactor.runner.configuration.option.OptionRow;
import org.spactor.runner.configuration.option.OptionsDescription;
import picocli.CommandLine.Help.Ansi;

/** Prints components for a terminal of 80 columns. */
final class ComponentPrinter {
    private static final int WIDTH = 80;
    private static final String GAP = "  ";
    private static final String INDENT = "      ";
    private static final List<String> HEADINGS = List.of("KEY", "TYPE", "DEFAULT", "RANGE");

    private final PrintWriter out;
    private final Ansi ansi;

    ComponentPrinter(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    /** Prints a kind's components, one paragraph each. */
    void list(ComponentCatalogue<?> catalogue) {
        out.println(bold(StringUtils.capitalize(catalogue.kind().plural())));
        if (catalogue.components().isEmpty()) {
            out.println(GAP + "none");
        }
        for (RegisteredComponent<?> component : catalogue.components()) {
            out.println(GAP + component.name() + " [" + component.origin() + "]");
            wrap(component.provider().summary(), INDENT);
        }
        out.println();
    }

    /** Prints a component with its options. */
    void describe(ComponentKind<?> kind, RegisteredComponent<?> component) {
        ComponentProvider<?, ?, ?> provider = component.provider();
        out.println(bold(component.name()) + ", " + kind + " [" + component.origin() + "]");
        wrap(provider.summary() + ".", GAP);
        if (!provider.source().isEmpty()) {
            wrap("Source: " + provider.source(), GAP);
        }
        out.println();
        List<OptionRow> rows = OptionsDescription.of(provider.optionsType());
        if (rows.isEmpty()) {
            out.println("It has no options.");
        } else {
            table(rows);
        }
    }

    /** A row has its short columns on one line and the rest below: they do not fit into 80 characters side by side. */
    private void table(List<OptionRow> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADINGS);
        for (OptionRow row : rows) {
            cells.add(List.of(row.key(), row.type(), row.defaultValue(), row.range()));
        }
        int[] widths = widths(cells);
        out.println(bold(line(HEADINGS, widths)));
        for (int i = 0; i < rows.size(); i++) {
            OptionRow row = rows.get(i);
            String line = line(cells.get(i + 1), widths);
            boolean fits = line.length() <= WIDTH;
            out.println(fits ? line : line(List.of(row.key(), row.type(), row.defaultValue(), ""), widths));
            String source = row.source().isEmpty() ? "" : " (default: " + row.source() + ")";
            wrap(row.description() + source, INDENT);
            if (!fits) {
                wrap("Range: " + row.range(), INDENT);
            }
        }
    }

    private static int[] widths(Collection<List<String>> cells) {
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(GAP).append(StringUtils.rightPad(cells.get(column), widths[column]));
        }
        return StringUtils.stripEnd(line.toString(), null);
    }

    private void wrap(String text, String indent) {
        String wrapped = WordUtils.wrap(text, WIDTH - indent.length(), "\n", false);
        wrapped.lines().forEach(line -> out.println(indent + line));
    }

    private String bold(String text) {
        return ansi.new Text("@|bold " + text + "|@").toString();
    }
}
