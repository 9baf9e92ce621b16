package org.spactor.runner.command;

import com.google.inject.Inject;
import java.io.File;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.spactor.api.SpactorApi;
import org.spactor.runner.component.ComponentCatalogue;
import org.spactor.runner.component.ComponentRegistryFactory;
import org.spactor.runner.component.Origin;
import org.spactor.runner.component.RegisteredComponent;
import org.spactor.runner.environment.SpactorVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--class-path",
            description = "Print what a plugin is compiled against, as javac's -cp takes it, and nothing else.")
    private boolean classPath;

    /** A command that lists what this factory finds. */
    @Inject
    public PluginsCommand(ComponentRegistryFactory registries) {
        this.registries = registries;
    }

    @Override
    public Integer call() {
        if (classPath) {
            command.commandLine().getOut().println(classPathOfPlugins());
            return 0;
        }
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

    /** The API, its annotations and SLF4J: all that plugins share with Spactor. */
    private static String classPathOfPlugins() {
        return Stream.of(SpactorApi.class, API.class, Logger.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
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
        if (component.origin() instanceof Origin.ClassPath library) {
            return List.of(
                    kind, component.name(), "class path", "", library.location().toString());
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
