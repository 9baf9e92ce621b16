package org.spactor.runner.command;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.spactor.data.CorruptorChain;
import org.spactor.data.SegmentLength;
import org.spactor.data.Segments;
import org.spactor.data.Tokenizer;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.preview.CorruptionStatistics;
import org.spactor.runner.preview.ExamplePrinter;
import org.spactor.runner.preview.StatisticsPrinter;
import org.spactor.runner.training.DataPreparation;
import org.spactor.runner.training.TrainingData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what the corruptors of a configuration do. */
@Command(
        name = "preview",
        description = "Shows what the corruptors make of a text, and of a thousand segments of the data.",
        sortOptions = false)
public final class PreviewCommand implements Callable<Integer> {
    private static final int SEGMENTS = 1000;

    @Spec
    private CommandSpec command;

    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "The text that is shown; without it, a segment of the data. At most as long as a segment.")
    private String text;

    @Override
    public Integer call() {
        Assembly assembly = options.assemble();
        SpactorConfiguration configuration = assembly.configuration();
        DataPreparation preparation = new DataPreparation(configuration);
        Tokenizer tokenizer = preparation.tokenizer();
        Components components = assembly.create(tokenizer.vocabulary());
        SegmentLength length = components.segmentLength(configuration.data().inputLength());
        Segments segments = preparation.segments(tokenizer, components);
        // as training does it, with the same random numbers
        CorruptorChain corruptors = components.corruptors();
        long seed = configuration.run().seed();

        PrintWriter out = command.commandLine().getOut();
        int[] shown = text == null ? segments.segment(0) : tokens(tokenizer, length.tokens());
        new ExamplePrinter(out, command.commandLine().getColorScheme().ansi(), tokenizer)
                .print(shown, corruptors.corrupt(shown, seed, TrainingData.PURPOSE, 0));
        out.println();
        CorruptionStatistics statistics = new CorruptionStatistics(tokenizer.vocabulary());
        for (int i = 0; i < SEGMENTS; i++) {
            int[] segment = segments.segment(i);
            statistics.add(segment, corruptors.corrupt(segment, seed, TrainingData.PURPOSE, i));
        }
        new StatisticsPrinter(out).print(statistics, length.tokens(), length.lengths(), configuration.corruptors());
        out.flush();
        return 0;
    }

    private int[] tokens(Tokenizer tokenizer, int most) {
        int[] tokens = tokenizer.encode(text);
        if (tokens.length == 0) {
            throw new ParameterException(command.commandLine(), "--text is empty. Give a text to corrupt");
        }
        return Arrays.copyOf(tokens, Math.min(tokens.length, most));
    }
}
