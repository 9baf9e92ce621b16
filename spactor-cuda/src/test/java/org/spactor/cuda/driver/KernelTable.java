package org.spactor.cuda.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spactor.cuda.device.KernelSource;

/** A program that prints what NVRTC makes of every kernel of our own files: registers, shared memory, spills. */
public final class KernelTable {
    private static final Pattern FUNCTION = Pattern.compile("Compiling entry function '(\\w+)' for 'sm_(\\d+)'");
    private static final Pattern SPILLS = Pattern.compile("(\\d+) bytes spill stores");
    private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
    private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");

    private KernelTable() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        KernelCompiler compiler = KernelCompiler.ofMachine(System.getenv());
        Map<String, Map<Integer, Usage>> table = new TreeMap<>();
        for (String file : KernelCompilerTest.fileNames()) {
            for (int architecture : KernelCompilerTest.ARCHITECTURES) {
                for (Usage usage : usages(
                        compiler.compile(KernelSource.of(file), architecture).log())) {
                    table.computeIfAbsent(file + " | " + usage.function(), f -> new TreeMap<>())
                            .put(architecture, usage);
                }
            }
        }
        System.out.println("NVRTC " + compiler.version());
        table.forEach((kernel, byArchitecture) -> {
            StringBuilder line = new StringBuilder("| " + kernel + " |");
            byArchitecture
                    .values()
                    .forEach(usage -> line.append(' ').append(usage.registers()).append(" |"));
            Usage worst = byArchitecture.values().stream()
                    .max(Comparator.comparingInt(Usage::spills))
                    .orElseThrow();
            System.out.printf(Locale.ROOT, "%s %d | %d |%n", line, worst.shared(), worst.spills());
        });
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
