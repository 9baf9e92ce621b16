package org.spactor.runner.configuration.option;

import java.util.ArrayList;
import java.util.List;

/** Describes options records, for people. */
public final class OptionsDescription {
    private OptionsDescription() {}

    /** One row for every option, in the order of declaration, nested ones in place of the record that holds them. */
    public static List<OptionRow> of(Class<? extends Record> type) {
        List<OptionRow> rows = new ArrayList<>();
        add("", OptionsSchema.of(type), rows);
        return List.copyOf(rows);
    }

    private static void add(String prefix, OptionsSchema<?> schema, List<OptionRow> rows) {
        for (OptionDeclaration declaration : schema.declarations()) {
            String key = prefix + declaration.key();
            if (declaration.nested().isPresent()) {
                add(
                        key + (declaration.list() ? "[]." : "."),
                        declaration.nested().get(),
                        rows);
            } else {
                rows.add(new OptionRow(
                        key,
                        declaration.typeLabel(),
                        defaultText(declaration),
                        declaration.scalar().orElseThrow().allowed(),
                        declaration.option().description(),
                        declaration.option().source()));
            }
        }
    }

    private static String defaultText(OptionDeclaration declaration) {
        if (declaration.required()) {
            return "required";
        }
        String text = declaration.option().defaultValue();
        if (declaration.list()) {
            return "[" + text + "]";
        }
        return text.isEmpty() ? "''" : text;
    }
}
