package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.objective.Objective;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.reference.FiniteDifferences.Difference;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;

/**
 * What every {@link Architecture} has to fulfil: a test of one extends this class and says how to make one that is small,
 * since finite differences are taken: a width of about 8, one or two layers. Without dropout, which would be drawn anew.
 */
public abstract class ArchitectureContract {
    private static final int EXAMPLES = 4;
    private static final int INPUTS = 12;
    private static final int TARGETS = 6;
    private static final int ASKED_FOR = 3;
    private static final int STEPS = 300;
    private static final double TOLERANCE = 1e-6;

    @TempDir
    private Path folder;

    /** A new architecture. */
    protected abstract Architecture architecture(Vocabulary vocabulary);

    /** Whether it has a generator; false for one whose {@code generate} throws. */
    protected boolean generates() {
        return true;
    }

    /** The vocabulary that it is tested with. */
    protected Vocabulary vocabulary() {
        return new Vocabulary(40, 10, 56);
    }

    @Test
    protected final void itLearnsOneSmallBatchByHeart() {
        Batch batch = batch();
        Map<String, Double> weights = new LinkedHashMap<>();
        objective().losses().forEach(loss -> weights.put(loss, 1.0));
        try (Training training = new Training(architecture(vocabulary()), objective(), batch)) {
            Map<String, Double> before = training.evaluate(batch);
            for (int step = 0; step < STEPS; step++) {
                training.step(batch, weights, step);
            }
            training.evaluate(batch)
                    .forEach((loss, after) -> assertThat(after)
                            .as(
                                    "loss of the %s after %d steps on %d examples, %.3f before",
                                    loss, STEPS, EXAMPLES, before.get(loss))
                            .isLessThan(0.3 * before.get(loss)));
        }
    }

    @Test
    protected final void everyGradientIsTheFiniteDifference() {
        for (String loss : objective().losses()) {
            List<Difference> differences = reference(batch()).differences(Set.of(loss));
            assertThat(differences)
                    .as("gradients of the %s against finite differences in double precision", loss)
                    .isNotEmpty()
                    .allSatisfy(difference -> assertThat(difference.error())
                            .as(difference.toString())
                            .isLessThan(TOLERANCE));
        }
    }

    @Test
    protected final void everyParameterLearns() {
        for (String loss : objective().losses()) {
            Map<String, double[]> gradients = reference(batch()).gradients(Set.of(loss));
            assertThat(reference(batch())
                            .declare(Set.of(loss), true)
                            .parameters()
                            .keySet())
                    .as("parameters that the %s declares and learns with", loss)
                    .allSatisfy(parameter -> assertThat(Arrays.stream(gradients.getOrDefault(parameter, new double[0]))
                                    .anyMatch(element -> element != 0))
                            .as(parameter)
                            .isTrue());
        }
    }

    @Test
    protected final void paddingChangesNothing() {
        Set<String> losses = objective().losses();
        Map<String, double[]> tight = reference(batch()).losses(losses);
        Map<String, double[]> padded = reference(batch().padded(5)).losses(losses);
        for (String loss : losses) {
            assertThat(padded.get(loss))
                    .as("sum and count of the %s's loss with 5 places more of padding", loss)
                    .containsExactly(tight.get(loss), within(1e-9));
        }
    }

    @Test
    protected final void theDecoderDoesNotSeeTokensThatAreStillToCome() {
        Batch batch = batch();
        List<Example> changed = new ArrayList<>();
        for (Example example : batch.examples()) {
            int[] targets = example.get(Feature.TARGETS);
            for (int i = ASKED_FOR; i < targets.length; i++) {
                targets[i] = targets[i] == 3 ? 4 : 3;
            }
            changed.add(example.with(Feature.TARGETS, targets));
        }
        Set<String> decoder = Set.of(Denoising.DECODER);
        double[] before = reference(batch).losses(decoder).get(Denoising.DECODER);
        double[] after =
                reference(new Batch(changed, batch.lengths())).losses(decoder).get(Denoising.DECODER);

        assertThat(after)
                .as("loss of the first %d tokens, after later ones were changed", ASKED_FOR)
                .containsExactly(before, within(1e-12));
    }

    @Test
    protected final void theDecoderSeesTheEncodedInputs() {
        Batch batch = batch();
        List<Example> changed = new ArrayList<>();
        for (Example example : batch.examples()) {
            int[] inputs = example.get(Feature.INPUTS);
            inputs[0] = inputs[0] == 3 ? 4 : 3;
            changed.add(example.with(Feature.INPUTS, inputs));
        }
        Set<String> decoder = Set.of(Denoising.DECODER);
        double[] before = reference(batch).losses(decoder).get(Denoising.DECODER);
        double[] after =
                reference(new Batch(changed, batch.lengths())).losses(decoder).get(Denoising.DECODER);

        assertThat(Math.abs(after[0] - before[0]))
                .as("change of the loss after the first token of the inputs was changed")
                .isGreaterThan(1e-6);
    }

    @Test
    protected final void hiddenStatesAreAsWideAsItSays() {
        Architecture architecture = architecture(vocabulary());
        Objective probe = new Probe();
        ModelGraph graph = new ModelGraph(batch().lengths(), EXAMPLES, false);
        probe.build(graph, architecture, probe.losses());
        // a linear layer of that width compiles on the hidden states only if they have it
        assertThat(new PlanCompiler().evaluation(graph).results()).isNotEmpty();
        assertThat(architecture.dimensions())
                .as("dimensions, for reports and exports")
                .isNotEmpty();
    }

    @Test
    protected final void aCheckpointBringsItBackBitForBit() throws Exception {
        Batch batch = batch();
        Path file = folder.resolve("parameters.safetensors");
        Map<String, Double> losses;
        Map<String, Double> weights = new LinkedHashMap<>();
        objective().losses().forEach(loss -> weights.put(loss, 1.0));
        try (Training training = new Training(architecture(vocabulary()), objective(), batch)) {
            training.step(batch, weights, 0);
            Safetensors.write(file, tensors(training), Map.of());
            losses = training.evaluate(batch);
        }
        Map<String, Tensor> saved = Safetensors.read(file);
        try (Training training = new Training(architecture(vocabulary()), objective(), batch)) {
            assertThat(saved.keySet())
                    .as("parameters of another architecture with the same options")
                    .isEqualTo(training.parameters().specifications().keySet());
            for (ParameterSpecification parameter :
                    training.parameters().specifications().values()) {
                Tensor tensor = saved.get(parameter.name());
                assertThat(tensor.shape()).as(parameter.name()).isEqualTo(parameter.shape());
                INDArray array = training.parameters().array(parameter.name());
                array.assign(Nd4j.createFromArray(tensor.floats()).reshape(parameter.shape()));
            }
            assertThat(training.evaluate(batch)).isEqualTo(losses);
        }
    }

    private static List<Tensor> tensors(Training training) {
        List<Tensor> tensors = new ArrayList<>();
        training.parameters().arrays().forEach((name, array) -> {
            float[] values = array.dup('c').data().asFloat();
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            tensors.add(new Tensor(name, "F32", array.shape(), bytes));
        });
        return tensors;
    }

    private Objective objective() {
        return new Denoising(generates());
    }

    private Reference reference(Batch batch) {
        return new Reference(architecture(vocabulary()), objective(), batch);
    }

    /** Examples of different lengths: inputs and targets of random tokens. */
    private Batch batch() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < EXAMPLES; i++) {
            int[] targets = Segments.tokens(vocabulary(), TARGETS - i % 2, 100 + i);
            examples.add(Example.of(Segments.tokens(vocabulary(), INPUTS - i, i))
                    .with(Feature.TARGETS, targets)
                    .with(Denoising.LABELS, Arrays.copyOf(targets, ASKED_FOR))
                    .with(Denoising.POSITIONS, new int[] {1, 4 + i}));
        }
        return new Batch(
                examples,
                FeatureLengths.ofSegment(INPUTS)
                        .with(Feature.TARGETS, TARGETS)
                        .with(Denoising.LABELS, TARGETS)
                        .with(Denoising.POSITIONS, 2));
    }

    /** A head on the encoder and one on the decoder, each as wide as the architecture says. */
    private static final class Probe implements Objective {
        @Override
        public Set<String> losses() {
            return Set.of("encoder", "decoder");
        }

        @Override
        public void build(Graph graph, Architecture architecture, Set<String> active) {
            Architecture.Encoded encoded = architecture.encode(graph, graph.feature(Feature.INPUTS));
            graph.loss(
                    "encoder",
                    graph.crossEntropy(
                            graph.linear(
                                    encoded.hidden(),
                                    graph.parameter("testkit.encoder", Initializer.ones(), 56, architecture.width())),
                            graph.feature(Feature.INPUTS),
                            Vocabulary.PAD));
            graph.loss(
                    "decoder",
                    graph.crossEntropy(
                            graph.linear(
                                    architecture.decode(graph, encoded, graph.feature(Feature.TARGETS)),
                                    graph.parameter("testkit.decoder", Initializer.ones(), 56, architecture.width())),
                            graph.feature(Feature.TARGETS),
                            Vocabulary.PAD));
        }
    }
}
