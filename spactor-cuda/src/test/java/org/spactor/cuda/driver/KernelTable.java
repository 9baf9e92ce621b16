package org.spactor.cuda.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spactor.cuda.device.KernelSource;

/** What NVRTC makes of every kernel of our own files: registers, shared memory, spills. */
final class KernelTable {
    private static final Pattern FUNCTION = Pattern.compile("Compiling entry function '(\\w+)' for 'sm_(\\d+)'");
    private static final Pattern SPILLS = Pattern.compile("(\\d+) bytes spill stores");
    private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
    private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

    private KernelTable() {}

    /**
     * A line for each kernel: registers for each architecture, bytes of shared memory of its own, bytes spilled.
     *
     * @param files names of the files
     */
    static List<String> of(KernelCompiler compiler, List<String> files, List<Integer> architectures) {
        Map<String, Map<Integer, Usage>> table = new TreeMap<>();
        for (String file : files) {
            for (int architecture : architectures) {
                for (Usage usage : usages(
                        compiler.compile(KernelSource.of(file), architecture).log())) {
                    table.computeIfAbsent(file + " | " + usage.function(), kernel -> new TreeMap<>())
                            .put(architecture, usage);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("| file | kernel | registers for " + architectures + " | shared | spilled |");
        lines.add("| --- | --- | --- | --- | --- |");
        table.forEach((kernel, usages) -> {
            List<Integer> registers =
                    usages.values().stream().map(Usage::registers).toList();
            int shared = usages.values().stream().mapToInt(Usage::shared).max().orElse(0);
            int spills = usages.values().stream().mapToInt(Usage::spills).max().orElse(0);
            lines.add("| " + kernel + " | " + registers + " | " + shared + " | " + spills + " |");
        });
        return lines;
    }

    private static List<Usage> usages(String log) {
        List<Usage> usages = new ArrayList<>();
        String function = null;
        int spills = 0;
        for (String line : log.lines().toList()) {
            Matcher started = FUNCTION.matcher(line);
            Matcher spilled = SPILLS.matcher(line);
            Matcher used = REGISTERS.matcher(line);
            Matcher shared = SHARED.matcher(line);
            if (started.find()) {
                function = started.group(1);
            } else if (spilled.find()) {
                spills = Integer.parseInt(spilled.group(1));
            } else if (used.find()) {
                usages.add(new Usage(
                        function,
                        Integer.parseInt(used.group(1)),
                        shared.find() ? Integer.parseInt(shared.group(1)) : 0,
                        spills));
            }
        }
        return usages;
    }

    private record Usage(String function, int registers, int shared, int spills) {}
}
