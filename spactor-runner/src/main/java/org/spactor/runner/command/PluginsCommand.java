package org.spactor.runner.command;

import com.google.inject.Inject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.lang3.StringUtils;
import org.spactor.runner.SpactorVersion;
import org.spactor.runner.component.ComponentCatalogue;
import org.spactor.runner.component.ComponentRegistryFactory;
import org.spactor.runner.component.Origin;
import org.spactor.runner.component.RegisteredComponent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what comes from where. */
@Command(
        name = "plugins",
        description = "Lists all components, and from which plugin's jar they come.",
        sortOptions = false)
public final class PluginsCommand implements Callable<Integer> {
    private static final List<String> HEADINGS = List.of("KIND", "NAME", "PLUGIN", "VERSION", "JAR");
    private static final String GAP = "  ";

    private final ComponentRegistryFactory registries;

    @Spec
    private CommandSpec command;

    @Mixin
    private PluginOptions plugins;

    /** A command that lists what this factory finds. */
    @Inject
    public PluginsCommand(ComponentRegistryFactory registries) {
        this.registries = registries;
    }

    @Override
    public Integer call() {
        List<List<String>> rows = new ArrayList<>();
        for (ComponentCatalogue<?> catalogue :
                registries.create(plugins.settings()).catalogues()) {
            for (RegisteredComponent<?> component : catalogue.components()) {
                rows.add(row(catalogue.kind().name(), component));
            }
        }
        print(rows);
        return 0;
    }

    private static List<String> row(String kind, RegisteredComponent<?> component) {
        if (component.origin() instanceof Origin.Plugin plugin) {
            return List.of(
                    kind,
                    component.name(),
                    plugin.id(),
                    plugin.version(),
                    plugin.location().toString());
        }
        return List.of(kind, component.name(), component.origin().toString(), SpactorVersion.version(), "");
    }

    private void print(List<List<String>> rows) {
        int[] widths = new int[HEADINGS.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = HEADINGS.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        PrintWriter out = command.commandLine().getOut();
        out.println(command.commandLine().getColorScheme().ansi().new Text("@|bold " + line(HEADINGS, widths) + "|@"));
        rows.forEach(row -> out.println(line(row, widths)));
        out.flush();
    }

    private static String line(List<String> cells, int... widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(column == 0 ? "" : GAP).append(StringUtils.rightPad(cells.get(column), widths[column]));
        }
        return line.toString().stripTrailing();
    }
}
