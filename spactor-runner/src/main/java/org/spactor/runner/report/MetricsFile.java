package org.spactor.runner.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.spactor.runner.checkpoint.TrainingState;
import org.spactor.runner.environment.IoReason;
import org.spactor.runner.training.RunListener;
import org.spactor.runner.training.StepReport;
import org.spactor.runner.training.TrainingException;

/**
 * Writes {@code metrics.jsonl}: one JSON object a line, of kind {@code train}, {@code validation}, {@code stage} or {@code
 * skipped}. Tokens and FLOPs are cumulative; a loss that is not active is absent.
 *
 * <p>A run that goes on from a checkpoint makes the steps behind it again. Their lines are taken out first, so that no
 * step is in the file twice; those before it are on the disk, because they were synced before the checkpoint was written.
 */
public final class MetricsFile implements RunListener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Optional<Path> damaged;
    private final FileChannel out;
    private final int every;
    private final Rate rate;

    /**
     * Begins a file, or goes on with the one that is there.
     *
     * @param start how far the run has come
     * @param every steps between two lines of kind {@code train}
     */
    public MetricsFile(Path file, TrainingState start, int every, Clock clock) {
        this.file = file;
        this.every = every;
        this.rate = new Rate(clock, start.tokens());
        try {
            this.damaged = MetricsHistory.keepUpTo(start.step(), file);
            this.out = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** A copy of the file as it was, if it was there already and had lines that could not be read; they were left out. */
    public Optional<Path> damaged() {
        return damaged;
    }

    @Override
    public void stage(long step, String stage) {
        Map<String, Object> line = line("stage", step);
        line.put("stage", stage);
        write(line);
    }

    @Override
    public void step(StepReport report) {
        if (report.step() % every != 0) {
            return;
        }
        Map<String, Object> line = line("train", report.step());
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
    public void skipped(long step, String stage, String reason, long skipped) {
        Map<String, Object> line = line("skipped", step);
        line.put("stage", stage);
        line.put("reason", reason);
        line.put("skipped", skipped);
        write(line);
    }

    @Override
    public void validation(long step, Map<String, Double> measures) {
        Map<String, Object> line = line("validation", step);
        line.putAll(measures);
        write(line);
    }

    @Override
    public void uncounted(long step, String stage, String loss) {
        Map<String, Object> line = line("uncounted", step);
        line.put("stage", stage);
        line.put("loss", loss);
        write(line);
    }

    @Override
    public void warning(String text) {
        // is for a person, not for whoever plots
    }

    @Override
    public void checkpoint(long step) {
        try {
            out.force(true);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static Map<String, Object> line(String kind, long step) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("kind", kind);
        line.put("step", step);
        return line;
    }

    private void write(Map<String, Object> line) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(JSON.writeValueAsString(line) + "\n");
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private TrainingException failure(IOException e) {
        return new TrainingException(
                file + " cannot be written: " + IoReason.of(e)
                        + ". When that is mended, the run can go on from its newest checkpoint with --resume",
                e);
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
