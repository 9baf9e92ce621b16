package org.spactor.runner.embedded;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.runner.checkpoint.TrainingState;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.report.MetricsFile;
import org.spactor.runner.training.Pretraining;
import org.spactor.runner.training.RunFolder;
import org.spactor.runner.training.RunListener;
import org.spactor.runner.training.StepReport;
import org.spactor.runner.training.StopRequest;
import org.spactor.runner.training.TrainingLoop;

/**
 * A prepared run: trained as a whole or step by step, with parameters that can be looked at and changed between steps.
 * For one thread; several runs of a process do not disturb each other. Closing it gives its memory back.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public final class Run implements AutoCloseable {
    private final Pretraining pretraining;
    private final RunFolder folder;
    private final List<RunListener> listeners = new ArrayList<>();
    private final Watchdog watchdog;
    private final MetricsFile metrics;
    private final TrainingLoop loop;

    Run(Pretraining pretraining, RunFolder folder, TrainingState start, Watchdog watchdog, Clock clock) {
        this.pretraining = pretraining;
        this.folder = folder;
        this.watchdog = watchdog;
        this.metrics =
                new MetricsFile(folder.metrics(), start, pretraining.settings().logEvery(), clock);
        listeners.add(metrics);
        this.loop = new TrainingLoop(pretraining, start, RunListener.all(listeners), new StopRequest());
    }

    /** Lets somebody hear of everything that happens from now on. */
    public void listen(RunListener listener) {
        listeners.add(listener);
    }

    /** Makes the steps that are left, with the validations and checkpoints that are due. */
    public void train() {
        loop.train();
    }

    /**
     * Makes the steps that are left, with the validations and checkpoints that are due.
     *
     * @param listener hears of every step
     */
    public void train(Consumer<StepReport> listener) {
        listen(RunListener.ofSteps(listener));
        loop.train();
    }

    /**
     * Makes one step, and the validation and the checkpoint that are due behind it.
     *
     * @return whether there is another one to make
     * @throws IllegalStateException if there is none
     */
    public boolean step() {
        return loop.step();
    }

    /** Number of steps made. */
    public long steps() {
        return loop.state().step();
    }

    /** What the program should know of the components that were chosen. */
    public List<String> warnings() {
        return pretraining.warnings();
    }

    /** The names of the parameters. */
    public Set<String> parameters() {
        return pretraining.parameters().tensors().keySet();
    }

    /**
     * The sides of a parameter.
     *
     * @throws IllegalArgumentException if there is no such parameter
     */
    public long[] shape(String parameter) {
        return pretraining.parameters().tensor(parameter).shape();
    }

    /**
     * The elements of a parameter as they are now, copied, row-major.
     *
     * @throws IllegalArgumentException if there is no such parameter
     */
    public float[] parameter(String name) {
        return pretraining.parameters().tensor(name).floats();
    }

    /**
     * Changes a parameter.
     *
     * @param elements row-major
     * @throws IllegalArgumentException if there is no such parameter, or it has another number of elements
     */
    public void parameter(String name, float[] elements) {
        DeviceTensor tensor = pretraining.parameters().tensor(name);
        if (elements.length != tensor.elements()) {
            throw new IllegalArgumentException(
                    "the parameter '" + name + "' has " + tensor.elements() + " elements, not " + elements.length);
        }
        tensor.write(0, FloatBuffer.wrap(elements));
    }

    /** Losses in nats a token and metrics on held-out text, by the names of {@code metrics.jsonl}. */
    public Map<String, Double> validate() {
        return pretraining.validate();
    }

    /** Writes a checkpoint now, from which {@code spactor pretrain --resume} goes on. */
    public Path checkpoint() {
        return loop.checkpoint();
    }

    /** The run's folder. */
    public Path folder() {
        return folder.path();
    }

    @Override
    public void close() {
        loop.close();
        metrics.close();
        pretraining.close();
        folder.close();
        watchdog.close();
    }
}
