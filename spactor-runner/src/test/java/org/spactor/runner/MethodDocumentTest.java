package org.spactor.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.spactor.api.component.ComponentProvider;
import org.spactor.runner.component.ComponentKind;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.configuration.option.OptionRow;
import org.spactor.runner.configuration.option.OptionsDescription;

/** {@code docs/method.md} gives the default of every option, and what it gives is true. */
class MethodDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "method.md");
    private static final String HEADER = "| component | option | default | from |";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void theTableOfDefaultsIsThatOfTheComponents() throws IOException {
        List<String> declared = new ArrayList<>();
        for (ComponentKind<?> kind : ComponentKinds.ALL) {
            for (ComponentProvider<?, ?, ?> component : ServiceLoader.load(kind.providerClass())) {
                for (OptionRow option : OptionsDescription.of(component.optionsType())) {
                    declared.add(component.name() + " " + option.key() + " " + option.defaultValue());
                }
            }
        }

        assertThat(documented()).containsExactlyInAnyOrderElementsOf(declared);
    }

    /** One line for every component and option that a row of the table names. */
    private static List<String> documented() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        List<String> documented = new ArrayList<>();
        for (int i = lines.indexOf(HEADER) + 2; lines.get(i).startsWith("|"); i++) {
            String[] cells = lines.get(i).split("\\|", -1);
            String value = codes(cells[3]).get(0);
            for (String component : codes(cells[1])) {
                for (String option : codes(cells[2])) {
                    documented.add(component + " " + option + " " + value);
                }
            }
        }
        return documented;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(result -> result.group(1)).toList();
    }
}
