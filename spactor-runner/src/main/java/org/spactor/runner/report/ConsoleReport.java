package org.spactor.runner.report;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.spactor.runner.checkpoint.TrainingState;
import org.spactor.runner.training.RunListener;
import org.spactor.runner.training.StepReport;

/** Shows a run: a progress bar on a terminal, a line now and then elsewhere. */
public final class ConsoleReport implements RunListener, AutoCloseable {
    private static final String LOSS = "loss.";
    private static final String HYBRID_LOSS = "hybrid.loss.";
    private static final int WIDTH = 79;
    private static final int REFRESH_MILLISECONDS = 250;

    private final PrintWriter out;
    private final Rate rate;
    private final int every;
    private final long steps;
    private final ProgressBar bar;
    private long shown;

    /**
     * A report.
     *
     * @param terminal whether the output can be overwritten
     * @param start how far the run has come
     * @param steps number of steps of the whole run
     * @param every steps between two lines where the output cannot be overwritten
     */
    public ConsoleReport(PrintWriter out, boolean terminal, TrainingState start, long steps, int every, Clock clock) {
        this.out = out;
        this.steps = steps;
        this.every = every;
        this.rate = new Rate(clock, start.tokens());
        this.shown = start.step();
        this.bar = terminal ? bar() : null;
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(steps)
                .startsFrom(shown, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                .setMaxRenderedLength(WIDTH)
                .hideEta()
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, WIDTH))
                .build();
    }

    @Override
    public void stage(long step, String stage) {
        print(String.format(Locale.ROOT, "step %,d: stage '%s'", step, stage));
    }

    @Override
    public void step(StepReport report) {
        boolean due = bar != null || report.step() % every == 0;
        if (!due) {
            return;
        }
        if (bar == null) {
            print(String.format(Locale.ROOT, "step %,d/%,d  %s", report.step(), steps, numbers(report)));
        } else {
            bar.stepTo(report.step());
            if (report.step() - shown >= Math.max(1, every / 2)) {
                shown = report.step();
                bar.setExtraMessage(numbers(report));
            }
        }
    }

    @Override
    public void skipped(long step, String stage, String reason, long skipped) {
        print(String.format(Locale.ROOT, "step %,d: skipped, since %s; %,d skipped so far", step, reason, skipped));
    }

    @Override
    public void uncounted(long step, String stage, String loss) {
        print(String.format(
                Locale.ROOT,
                "warning: step %,d, stage '%s': loss '%s' counted no token of the batch",
                step,
                stage,
                loss));
    }

    @Override
    public void warning(String text) {
        print("warning: " + text);
    }

    @Override
    public void checkpoint(long step) {
        // a line for each would be too many
    }

    @Override
    public void validation(long step, Map<String, Double> measures) {
        String clean = losses(measures, LOSS);
        String hybrid = losses(measures, HYBRID_LOSS);
        String text = hybrid.isEmpty() ? clean : clean + "; hybrid: " + hybrid;
        print(String.format(Locale.ROOT, "step %,d: validation %s", step, text));
    }

    /** The losses whose names begin like this, without the beginning. */
    private static String losses(Map<String, Double> measures, String prefix) {
        StringJoiner text = new StringJoiner(" ");
        measures.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                text.add(String.format(Locale.ROOT, "%s %.3f", name.substring(prefix.length()), value));
            }
        });
        return text.toString();
    }

    private String numbers(StepReport report) {
        StringJoiner text = new StringJoiner(" ");
        report.result().losses().forEach((name, loss) -> text.add(String.format(Locale.ROOT, "%s %.2f", name, loss)));
        double perSecond = rate.of(report.tokens());
        text.add(String.format(Locale.ROOT, "%.1fk tok/s", perSecond / 1000));
        text.add(remaining(report, perSecond));
        return text.toString();
    }

    private String remaining(StepReport report, double tokensPerSecond) {
        double tokensPerStep = (double) report.tokens() / report.step();
        long seconds = Math.round((steps - report.step()) * tokensPerStep / Math.max(1e-9, tokensPerSecond));
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d left", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d left", seconds / 60, seconds % 60);
    }

    private void print(String line) {
        synchronized (out) {
            if (bar != null) {
                out.print("\r" + " ".repeat(WIDTH) + "\r");
            }
            out.println(line);
            out.flush();
        }
    }

    private void draw(String line) {
        synchronized (out) {
            out.print("\r" + line);
            out.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            out.println();
            out.flush();
        }
    }
}
