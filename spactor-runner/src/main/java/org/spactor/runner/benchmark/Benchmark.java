package org.spactor.runner.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.Batch;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Profile;
import org.spactor.engine.train.MatrixRate;
import org.spactor.engine.train.Trainer;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.device.DeviceName;
import org.spactor.runner.training.BatchExamples;
import org.spactor.runner.training.Model;

/** Measures the first step of a configuration's curriculum on random tokens. */
public final class Benchmark {
    private static final int WARM_UP = 3;

    private final SpactorConfiguration configuration;
    private final Components components;
    private final RandomBatch batches;
    private final Backend backend;

    /**
     * A benchmark.
     *
     * @param targetLength replaces the length of the targets that the corruptors make
     * @param backend what is measured
     */
    public Benchmark(Assembly assembly, Vocabulary vocabulary, OptionalInt targetLength, Backend backend) {
        this.backend = backend;
        this.configuration = assembly.configuration();
        this.components = assembly.create(vocabulary);
        this.batches = new RandomBatch(components, configuration.data().inputLength(), targetLength);
    }

    /** Measures, after some steps of warming up. */
    public BenchmarkResult run(int steps) {
        Model model = new Model(configuration, components, batches.lengths(), backend);
        boolean onCard = configuration.training().deviceName() instanceof DeviceName.Cuda;
        boolean narrow = onCard && configuration.training().precision() == Precision.BFLOAT16;
        double matrixRate = onCard
                ? MatrixRate.ofCard(backend, narrow ? ElementType.BFLOAT16 : ElementType.FLOAT32)
                : MatrixRate.ofCpu(backend, model.threads());
        StepPlan plan = components
                .curriculum()
                .at(new Progress(0, configuration.training().steps(), List.of()));
        Map<String, Double> weights = plan.activeWeights();
        Batch batch = batches.of(configuration.training().batchSize());
        double batchTime =
                median(times(steps, () -> batches.of(configuration.training().batchSize())));
        BatchExamples examples = new BatchExamples(batch);
        double[] forwardBackward = new double[steps];
        double[] whole = new double[steps];
        try (Trainer trainer = model.trainer()) {
            double rate = components.optimizer().learningRate();
            for (int i = -WARM_UP; i < steps; i++) {
                double gradients = milliseconds(() -> trainer.forwardBackward(examples, weights));
                int step = i + WARM_UP;
                double all = milliseconds(() -> trainer.step(examples, weights, step, rate));
                if (i < 0) {
                    trainer.addTimesTo(new Profile());
                } else {
                    forwardBackward[i] = gradients;
                    whole[i] = all;
                }
            }
            Profile profile = new Profile();
            trainer.addTimesTo(profile);
            double flops = (double) trainer.plan(weights.keySet()).flops()
                    * model.replicas()
                    * configuration.training().accumulation();
            double gradients = median(forwardBackward);
            double gflops = flops / gradients / 1e6;
            return new BenchmarkResult(
                    rounded(gradients),
                    rounded(median(whole)),
                    Math.round(batch.tokens() * 1000 / median(whole)),
                    rounded(gflops),
                    rounded(matrixRate / 1e9),
                    narrow ? "bfloat16" : "float32",
                    Math.round(gflops * 1e12 / matrixRate) / 1000.0,
                    rounded(flops / 1e9),
                    trainer.bytes() / 1_000_000,
                    Math.round(batchTime * 100) / 100.0,
                    model.replicas(),
                    model.threads() / model.replicas(),
                    configuration.training().precision().name().toLowerCase(Locale.ROOT),
                    backend.productLibrary(),
                    steps,
                    profile.entries());
        }
    }

    private double[] times(int repetitions, Runnable work) {
        double[] times = new double[repetitions];
        for (int i = -WARM_UP; i < repetitions; i++) {
            double time = milliseconds(work);
            if (i >= 0) {
                times[i] = time;
            }
        }
        return times;
    }

    private double milliseconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        backend.synchronize();
        return (System.nanoTime() - start) * 1e-6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
