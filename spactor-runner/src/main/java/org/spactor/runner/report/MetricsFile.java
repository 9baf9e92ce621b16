package org.spactor.runner.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spactor.runner.training.RunListener;
import org.spactor.runner.training.StepReport;

/**
 * Writes {@code metrics.jsonl}: one JSON object a line, of kind {@code train}, {@code validation} or {@code stage}. Tokens
 * and FLOPs are cumulative; a loss that is not active is absent.
 */
public final class MetricsFile implements RunListener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedWriter out;
    private final int every;
    private final Rate rate;

    /**
     * Begins a file.
     *
     * @param every steps between two lines of kind {@code train}
     */
    public MetricsFile(Path file, int every, Clock clock) {
        this.every = every;
        this.rate = new Rate(clock);
        try {
            this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stage(long step, String stage) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", "stage");
        line.put("step", step);
        line.put("stage", stage);
        write(line);
    }

    @Override
    public void step(StepReport report) {
        if (report.step() % every != 0) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", "train");
        line.put("step", report.step());
        line.put("stage", report.stage());
        line.put("loss.total", report.total());
        report.result().losses().forEach((name, loss) -> line.put("loss." + name, loss));
        line.putAll(report.result().metrics());
        line.put("learning-rate", report.learningRate());
        line.put("gradient-norm", report.result().gradientNorm());
        line.put("tokens", report.tokens());
        line.put("flops", report.flops());
        line.put("tokens-per-second", Math.round(rate.of(report.tokens())));
        write(line);
    }

    @Override
    public void validation(long step, Map<String, Double> measures) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", "validation");
        line.put("step", step);
        line.putAll(measures);
        write(line);
    }

    private void write(Map<String, Object> line) {
        try {
            out.write(JSON.writeValueAsString(line));
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
