package org.spactor.runner.command;

import com.google.inject.Inject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.spactor.api.schedule.ScheduleProvider;
import org.spactor.runner.component.ComponentCalls;
import org.spactor.runner.component.ComponentCatalogue;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.ComponentRegistry;
import org.spactor.runner.component.ComponentRegistryFactory;
import org.spactor.runner.component.RegisteredComponent;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.configuration.UnknownComponentException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what there is to put into a configuration. */
@Command(name = "describe", description = "Lists the components, or describes one and its options.")
public final class DescribeCommand implements Callable<Integer> {
    private final ComponentRegistryFactory registries;
    private final Watchdog watchdog;

    @Spec
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = "For instance corruptor. Without it, the components of all kinds are listed.")
    private String kind;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "For instance span. Without it, the kind's components are listed.")
    private String name;

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "100000",
            description = "For a schedule: the run's number of steps. Default: ${DEFAULT-VALUE}.")
    private long steps;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "For a schedule: one of its options, for instance warm-up=500.")
    private Map<String, String> assignments = new LinkedHashMap<>();

    /** A command that describes what this factory finds. */
    @Inject
    public DescribeCommand(ComponentRegistryFactory registries, Watchdog watchdog) {
        this.registries = registries;
        this.watchdog = watchdog;
    }

    @Override
    public Integer call() {
        ComponentRegistry registry = registries.create(plugins.settings());
        PrintWriter out = command.commandLine().getOut();
        ComponentPrinter printer =
                new ComponentPrinter(out, command.commandLine().getColorScheme().ansi());
        try {
            if (kind == null) {
                registry.catalogues().forEach(printer::list);
                return 0;
            }
            ComponentCatalogue<?> catalogue = registry.catalogue(kind);
            if (name == null) {
                printer.list(catalogue);
            } else {
                printer.describe(catalogue.kind(), catalogue.get(name));
                boolean schedule = catalogue.kind().equals(ComponentKinds.SCHEDULE);
                if (!schedule && !assignments.isEmpty()) {
                    throw new ParameterException(command.commandLine(), "--set is for schedules");
                }
                if (schedule) {
                    RegisteredComponent<ScheduleProvider<?>> component = registry.get(ComponentKinds.SCHEDULE, name);
                    ComponentCalls calls = component.calls(ComponentKinds.SCHEDULE, watchdog);
                    new SchedulePrinter(out).print(component.provider(), calls, assignments, steps);
                }
            }
            return 0;
        } catch (UnknownComponentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
