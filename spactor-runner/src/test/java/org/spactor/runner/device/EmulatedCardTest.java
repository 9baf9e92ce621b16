package org.spactor.runner.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.inject.AbstractModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.cuda.emulator.EmulatedCard;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.runner.embedded.Run;
import org.spactor.runner.embedded.Spactor;

/** Whole runs on a card that is played on the CPU. */
class EmulatedCardTest {
    private static final int STEPS = 50;
    /** An eighth of the preset's, since the card is played. */
    private static final int EXAMPLES = 2;

    @TempDir
    private Path folder;

    @BeforeAll
    static void asTheCommandLineDoes() {
        Spactor.useOneThreadPerCall();
    }

    @Test
    @Tag("long")
    void fiftyStepsOfTinyHaveTheLossesOfTheCpu() {
        Map<Long, Map<String, Double>> onCpu = losses(Nd4jBackend.create(), "cpu", STEPS, "float32");
        Map<Long, Map<String, Double>> onCard = losses(card(), "card", STEPS, "float32");

        assertThat(onCard.keySet()).isEqualTo(onCpu.keySet()).hasSize(STEPS);
        onCpu.forEach((step, losses) ->
                losses.forEach((name, loss) -> assertThat(onCard.get(step).get(name))
                        .as("%s in step %d", name, step)
                        .isCloseTo(loss, within(1e-3 * Math.max(1, loss)))));
    }

    @Test
    void bfloat16TrainsAsFloat32ToItsPrecision() {
        Map<Long, Map<String, Double>> wide = losses(card(), "wide", 3, "float32");
        Map<Long, Map<String, Double>> narrow = losses(card(), "narrow", 3, "bfloat16");

        assertThat(narrow.keySet()).isEqualTo(wide.keySet());
        wide.forEach((step, losses) -> assertThat(narrow.get(step).get("sc"))
                .as("step %d", step)
                .isNotEqualTo(losses.get("sc"))
                .isCloseTo(losses.get("sc"), within(0.02)));
    }

    @Test
    void whatGoesOnHasTheBitsOfWhatNeverStopped() {
        Map<String, float[]> straight = trained(run(card(), "straight", 4).prepare());
        try (Run stopped = run(card(), "stopped", 4).prepare()) {
            stopped.step();
            stopped.step();
            stopped.checkpoint();
        }
        Map<String, float[]> goneOn = trained(
                Spactor.resume(folder.resolve("stopped")).module(on(card())).prepare());

        assertThat(goneOn.keySet()).isEqualTo(straight.keySet());
        straight.forEach((name, values) ->
                assertThat(Arrays.equals(goneOn.get(name), values)).as(name).isTrue());
    }

    private Map<Long, Map<String, Double>> losses(Backend backend, String name, int steps, String precision) {
        Map<Long, Map<String, Double>> losses = new TreeMap<>();
        List<Long> order = new ArrayList<>();
        try (Run run =
                run(backend, name, steps).set("training.precision", precision).prepare()) {
            run.train(report -> {
                order.add(report.step());
                losses.put(report.step(), report.result().losses());
            });
        }
        assertThat(order).isSorted();
        return losses;
    }

    private static Map<String, float[]> trained(Run run) {
        Map<String, float[]> parameters = new LinkedHashMap<>();
        try (run) {
            run.train();
            run.parameters().forEach(name -> parameters.put(name, run.parameter(name)));
        }
        return parameters;
    }

    private Spactor run(Backend backend, String name, int steps) {
        return Spactor.preset("tiny")
                .set("training.steps", steps)
                .set("training.replicas", 1)
                .set("training.batch-size", EXAMPLES)
                .set("training.validate-every", 0)
                .set("data.validation.batches", 1)
                .set("schedule.name", "constant")
                .set("schedule.options.warm-up", 20)
                .out(folder.resolve(name))
                .module(on(backend));
    }

    private static Backend card() {
        return EmulatedCard.open();
    }

    private static AbstractModule on(Backend backend) {
        return new AbstractModule() {
            @Override
            protected void configure() {
                bind(Backend.class).toInstance(backend);
            }
        };
    }
}
