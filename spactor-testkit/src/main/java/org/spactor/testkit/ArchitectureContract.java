package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.reference.FiniteDifferences.Difference;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;

/**
 * What every {@link Architecture} has to fulfil: a test of one extends this class and says how to make one that is small,
 * since finite differences are taken: a width of about 8, one or two layers. Without dropout, which would be drawn anew.
 *
 * <p>Each part of the API that the architecture offers is tested: encoder, decoder, causal decoder with and without a
 * prefix, generator. What concerns a part that there is not is skipped.
 */
public abstract class ArchitectureContract {
    private static final int EXAMPLES = 4;
    private static final int INPUTS = 12;
    private static final int TARGETS = 6;
    private static final int ASKED_FOR = 3;
    private static final int PREFIX = 2;
    private static final int STEPS = 300;
    private static final double TOLERANCE = 1e-6;

    @TempDir
    private Path folder;

    /** A new architecture. */
    protected abstract Architecture architecture(Vocabulary vocabulary);

    /** The vocabulary that it is tested with. */
    protected Vocabulary vocabulary() {
        return Vocabulary.sample(40, 10, 56);
    }

    @Test
    protected final void itOffersAPart() {
        Architecture architecture = architecture(vocabulary());
        assertThat(losses())
                .as("parts of the API that there are: encoder, decoder, causal decoder, generator")
                .isNotEmpty();
        if (architecture.part(Decoder.class).isPresent()) {
            assertThat(architecture.part(Encoder.class))
                    .as("an encoder, without which there is nothing that the decoder could read")
                    .isPresent();
        }
    }

    @Test
    protected final void shapesAreThoseThatThePartsPromise() {
        Architecture architecture = architecture(vocabulary());
        ModelGraph graph = new ModelGraph(batch().lengths(), vocabulary(), EXAMPLES, false);
        Value inputs = graph.feature(Feature.INPUTS);
        int size = vocabulary().size();
        Optional<Encoder.Encoded> encoded =
                architecture.part(Encoder.class).map(encoder -> encoder.encode(graph, inputs));
        encoded.ifPresent(from -> {
            requireShape(
                    "hidden states of the encoder",
                    from.hidden(),
                    INPUTS,
                    from.hidden().size(-1));
            assertThat(from.tokens()).as("the tokens that were encoded").isNotNull();
            assertThat(from.tokens().shape())
                    .as("shape of the tokens that were encoded")
                    .containsExactly(EXAMPLES, INPUTS);
        });
        architecture.part(Decoder.class).ifPresent(decoder -> {
            Value hidden = decoder.decode(graph, encoded.orElseThrow(), Denoising.read(graph));
            requireShape("hidden states of the decoder", hidden, TARGETS, hidden.size(-1));
            requireShape("logits of the decoder", decoder.project(graph, hidden), TARGETS, size);
        });
        architecture.part(CausalDecoder.class).ifPresent(decoder -> {
            Value hidden = decoder.decode(graph, Denoising.read(graph), null);
            requireShape("hidden states of the causal decoder", hidden, TARGETS, hidden.size(-1));
            requireShape("logits of the causal decoder", decoder.project(graph, hidden), TARGETS, size);
        });
        architecture.part(TokenGenerator.class).ifPresent(generator -> {
            Value positions = graph.feature(Denoising.POSITIONS);
            Value logits = generator.generate(graph, inputs, positions);
            requireShape("logits of the generator", logits, positions.size(1), size);
        });
    }

    private static void requireShape(String what, Value value, long length, long width) {
        assertThat(value.shape()).as("shape of the %s", what).containsExactly(EXAMPLES, length, width);
    }

    @Test
    protected final void itLearnsOneSmallBatchByHeart() {
        Batch batch = batch();
        Denoising objective = objective();
        Map<String, Double> weights = new LinkedHashMap<>();
        objective.losses().forEach(loss -> weights.put(loss, 1.0));
        try (Training training = new Training(architecture(vocabulary()), objective, Training.adam(), batch)) {
            Map<String, Double> before = training.evaluate(batch);
            for (int step = 0; step < STEPS; step++) {
                training.step(batch, weights, step, 1);
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
        for (String loss : losses()) {
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
        for (String loss : losses()) {
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
        for (String loss : losses()) {
            double[] tight = loss(batch(), loss);
            double[] padded = loss(batch().padded(5), loss);
            assertThat(padded)
                    .as("sum and count of the %s's loss with 5 places more of padding", loss)
                    .containsExactly(tight, within(1e-9));
        }
    }

    @Test
    protected final void decodersDoNotSeeTokensThatAreStillToCome() {
        List<String> decoders = withoutFuture();
        for (String decoder : decoders) {
            Batch changed = changed(batch(), Feature.TARGETS, ASKED_FOR - 1);
            assertThat(loss(changed, decoder))
                    .as("loss of the %s over the first %d tokens, after later ones were changed", decoder, ASKED_FOR)
                    .containsExactly(loss(batch(), decoder), within(1e-12));
        }
    }

    @Test
    protected final void decodersSeeTheTokensBehindThem() {
        List<String> decoders = withoutFuture();
        for (String decoder : decoders) {
            // the label of the third place alone; the first token is read at the second
            Batch third = asking(batch(), 2);
            requireChange(third, changed(third, Feature.TARGETS, 0, 1), decoder, "the first token");
        }
    }

    @Test
    protected final void everyPositionSeesThePrefix() {
        assumeTrue(losses().contains(Denoising.PREFIX), "there is no causal decoder");
        // the label of the first place alone; the first token is read at the second, which is prefix
        Batch first = asking(batch(), 0);
        requireChange(first, changed(first, Feature.TARGETS, 0, 1), Denoising.PREFIX, "the last token of the prefix");
    }

    @Test
    protected final void theDecoderSeesTheEncodedInputs() {
        assumeTrue(losses().contains(Denoising.DECODER), "there is no decoder behind an encoder");
        requireChange(
                batch(), changed(batch(), Feature.INPUTS, 0, 1), Denoising.DECODER, "the first token of the inputs");
    }

    @Test
    protected final void encoderAndGeneratorSeeTokensOnBothSides() {
        List<String> readers = new ArrayList<>(losses());
        readers.retainAll(List.of(Denoising.ENCODER, Denoising.GENERATOR));
        assumeTrue(!readers.isEmpty(), "there is neither an encoder nor a generator");
        for (String reader : readers) {
            requireChange(batch(), changed(batch(), Feature.INPUTS, 0, 1), reader, "the first token");
            requireChange(batch(), changed(batch(), Feature.INPUTS, INPUTS - EXAMPLES), reader, "the last tokens");
        }
    }

    @Test
    protected final void parametersAreTheSameInEveryGraph() {
        Map<String, String> parameters = parameters(objective(), batch());

        assertThat(parameters(objective(), batch()))
                .as("parameters of another architecture with the same options")
                .isEqualTo(parameters);
        assertThat(parameters(objective(), batch().padded(5)))
                .as("parameters in a graph for longer sequences")
                .isEqualTo(parameters);
        assertThat(parameters(objective(), batch().slice(0, 1)))
                .as("parameters in a graph for fewer examples")
                .isEqualTo(parameters);
        assertThat(parameters(objective().repeated(2), batch()))
                .as("parameters in a graph in which every part is built twice")
                .isEqualTo(parameters);
    }

    @Test
    protected final void aCheckpointBringsItBackBitForBit() throws Exception {
        Batch batch = batch();
        Path file = folder.resolve("parameters.safetensors");
        Map<String, Double> losses;
        Map<String, Double> weights = new LinkedHashMap<>();
        objective().losses().forEach(loss -> weights.put(loss, 1.0));
        try (Training training = new Training(architecture(vocabulary()), objective(), Training.adam(), batch)) {
            training.step(batch, weights, 0, 1);
            Safetensors.write(file, tensors(training), Map.of());
            losses = training.evaluate(batch);
        }
        Map<String, Tensor> saved = Safetensors.read(file);
        try (Training training = new Training(architecture(vocabulary()), objective(), Training.adam(), batch)) {
            assertThat(saved.keySet())
                    .as("parameters of another architecture with the same options")
                    .isEqualTo(training.parameters().specifications().keySet());
            for (ParameterSpecification parameter :
                    training.parameters().specifications().values()) {
                Tensor tensor = saved.get(parameter.name());
                assertThat(tensor.shape()).as(parameter.name()).isEqualTo(parameter.shape());
                training.parameters().tensor(parameter.name()).write(0, FloatBuffer.wrap(tensor.floats()));
            }
            assertThat(training.evaluate(batch)).isEqualTo(losses);
        }
    }

    private static List<Tensor> tensors(Training training) {
        List<Tensor> tensors = new ArrayList<>();
        training.parameters().tensors().forEach((name, array) -> {
            float[] values = array.floats();
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            tensors.add(new Tensor(name, "F32", array.shape(), bytes));
        });
        return tensors;
    }

    private Map<String, String> parameters(Denoising objective, Batch batch) {
        Map<String, String> shapes = new LinkedHashMap<>();
        new Reference(architecture(vocabulary()), objective, batch)
                .declare(new LinkedHashSet<>(objective.losses()), true)
                .parameters()
                .forEach((name, parameter) -> shapes.put(name, Arrays.toString(parameter.shape())));
        return shapes;
    }

    private void requireChange(Batch before, Batch after, String loss, String what) {
        assertThat(Math.abs(loss(after, loss)[0] - loss(before, loss)[0]))
                .as("change of the loss of the %s after a change of %s", loss, what)
                .isGreaterThan(1e-6);
    }

    private double[] loss(Batch batch, String loss) {
        return reference(batch).losses(Set.of(loss)).get(loss);
    }

    private List<String> withoutFuture() {
        List<String> decoders = new ArrayList<>(losses());
        decoders.retainAll(List.of(Denoising.DECODER, Denoising.CAUSAL, Denoising.PREFIX));
        assumeTrue(!decoders.isEmpty(), "there is no decoder");
        return decoders;
    }

    private List<String> losses() {
        return objective().losses();
    }

    private Denoising objective() {
        return Denoising.of(architecture(vocabulary()));
    }

    private Reference reference(Batch batch) {
        return new Reference(architecture(vocabulary()), objective(), batch);
    }

    /** With other tokens from a place on. */
    private Batch changed(Batch batch, Feature feature, int from) {
        return changed(batch, feature, from, Integer.MAX_VALUE);
    }

    private Batch changed(Batch batch, Feature feature, int from, int to) {
        List<Example> examples = new ArrayList<>();
        for (Example example : batch.examples()) {
            int[] tokens = example.get(feature);
            for (int i = from; i < Math.min(to, tokens.length); i++) {
                tokens[i] = tokens[i] == vocabulary().pieces() - 1 ? tokens[i] - 1 : tokens[i] + 1;
            }
            examples.add(example.with(feature, tokens));
        }
        return new Batch(examples, batch.lengths(), vocabulary());
    }

    /** In which decoders are asked for the token of one place alone. */
    private Batch asking(Batch batch, int place) {
        List<Example> examples = new ArrayList<>();
        for (Example example : batch.examples()) {
            int[] labels = new int[place + 1];
            Arrays.fill(labels, vocabulary().pad());
            labels[place] = example.get(Feature.TARGETS)[place];
            examples.add(example.with(Denoising.LABELS, labels));
        }
        return new Batch(examples, batch.lengths(), vocabulary());
    }

    /** Examples of different lengths: inputs and targets of random tokens. */
    private Batch batch() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < EXAMPLES; i++) {
            int[] targets = Segments.tokens(vocabulary(), TARGETS - i % 2, 100 + i);
            int[] prefix = new int[targets.length];
            Arrays.fill(prefix, 0, PREFIX, 1);
            examples.add(Example.of(Segments.tokens(vocabulary(), INPUTS - i, i))
                    .with(Feature.TARGETS, targets)
                    .with(Denoising.LABELS, Arrays.copyOf(targets, ASKED_FOR))
                    .with(Denoising.IN_PREFIX, prefix)
                    .with(Denoising.POSITIONS, new int[] {1, 4 + i}));
        }
        return new Batch(
                examples,
                FeatureLengths.ofSegment(INPUTS)
                        .with(Feature.TARGETS, TARGETS)
                        .with(Denoising.LABELS, TARGETS)
                        .with(Denoising.IN_PREFIX, TARGETS)
                        .with(Denoising.POSITIONS, 2),
                vocabulary());
    }
}
