package org.spactor.models.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.cuda.emulator.EmulatedCard;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;
import org.spactor.engine.train.RoundedParameters;

/** T5 1.0 and 1.1 against Hugging Face transformers: the same weights and batch, every output and every gradient. */
class T5GoldenTest {
    /** The greatest distance of a gradient of v1_0 under PyTorch 2.13's bfloat16 autocast from the goldens. */
    private static final double PYTORCH_AUTOCAST_DISTANCE = 0.063;

    private static final int BATCH = 3;
    private static final int INPUTS = 40;
    private static final int TARGETS = 17;
    private static final Vocabulary VOCABULARY = Vocabulary.sample(20, 10, 128);

    /** What plans run on. */
    enum Device {
        CPU,
        PORTABLE,
        CARD;

        Backend open() {
            return switch (this) {
                case CPU -> Nd4jBackend.create();
                case PORTABLE -> Nd4jBackend.portable();
                case CARD -> EmulatedCard.open();
            };
        }
    }

    @ParameterizedTest(name = "{0} on {3}, recomputing: {4}")
    @CsvSource({
        "v1_0,false,true,CPU,NONE",
        "v1_1,true,false,CPU,NONE",
        "v1_0,false,true,PORTABLE,NONE",
        "v1_1,true,false,PORTABLE,NONE",
        "v1_0,false,true,CARD,NONE",
        "v1_1,true,false,CARD,NONE",
        "v1_0,false,true,CPU,BLOCKS",
        "v1_1,true,false,CPU,BLOCKS"
    })
    void outputsAndGradientsAgreeWithHuggingFace(
            String version, boolean gated, boolean tied, Device device, Recompute recompute) throws Exception {
        T5 t5 = new T5(new T5Dimensions(32, 64, 8, 3, 2, 2, gated, tied, 0), VOCABULARY.size());
        Map<String, Tensor> expected = golden(version, "expected");
        FeatureLengths lengths = FeatureLengths.ofSegment(INPUTS).with(Feature.TARGETS, TARGETS);
        ModelGraph graph = new ModelGraph(lengths, VOCABULARY, BATCH, true);
        Map<String, SDVariable> outputs = declare(t5, graph);
        PlanCompiler compiler = new PlanCompiler(new CompilerSettings(Precision.FLOAT32, recompute));
        Plan training = compiler.training(graph);
        Plan forward =
                compiler.compile(graph.sameDiff(), outputs, graph.parameters().keySet());
        Backend backend = device.open();

        Map<String, DeviceTensor> parameters = parameters(version, backend);
        assertThat(graph.parameters().keySet()).isEqualTo(parameters.keySet());
        try (Program program = run(backend, forward, parameters, version)) {
            assertClose(
                    program.numbers("encoder"),
                    expected.get("encoder_last_hidden_state").doubles(),
                    1e-4);
            assertClose(program.numbers("logits"), expected.get("logits").doubles(), 1e-4);
        }
        try (Program program = run(backend, training, parameters, version)) {
            double count = program.numbers(PlanNames.countOf("sc"))[0];
            double loss = program.numbers(PlanNames.sumOf("sc"))[0] / count;
            assertThat(loss).isCloseTo(expected.get("loss").doubles()[0], Offset.offset(1e-4));
            for (String name : parameters.keySet()) {
                double[] gradient = divided(program.numbers(PlanNames.gradientOf(name)), count);
                assertRelativelyClose(
                        name, gradient, expected.get("grad." + name).doubles(), 1e-3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"v1_0,false,true,CPU", "v1_1,true,false,CPU", "v1_0,false,true,CARD", "v1_1,true,false,CARD"})
    void bfloat16OperandsStayCloseToHuggingFacesFloat32(String version, boolean gated, boolean tied, Device device)
            throws Exception {
        Backend backend = device.open();
        assumeTrue(backend.takesBFloat16(), "this CPU has no instructions for bfloat16");
        T5 t5 = new T5(new T5Dimensions(32, 64, 8, 3, 2, 2, gated, tied, 0), VOCABULARY.size());
        Map<String, Tensor> expected = golden(version, "expected");
        FeatureLengths lengths = FeatureLengths.ofSegment(INPUTS).with(Feature.TARGETS, TARGETS);
        ModelGraph graph = new ModelGraph(lengths, VOCABULARY, BATCH, true);
        declare(t5, graph);
        Plan training = new PlanCompiler(new CompilerSettings(Precision.BFLOAT16, Recompute.NONE)).training(graph);
        try (RoundedParameters parameters = new RoundedParameters(training, parameters(version, backend), backend, 1);
                Program program = rounded(backend, training, parameters, version)) {
            double count = program.numbers(PlanNames.countOf("sc"))[0];
            double loss = program.numbers(PlanNames.sumOf("sc"))[0] / count;
            assertThat(loss).isCloseTo(expected.get("loss").doubles()[0], Offset.offset(0.02));
            for (String name : graph.parameters().keySet()) {
                double[] gradient = divided(program.numbers(PlanNames.gradientOf(name)), count);
                assertThat(relativeDistance(
                                gradient, expected.get("grad." + name).doubles()))
                        .as(name)
                        .isLessThan(PYTORCH_AUTOCAST_DISTANCE);
            }
        }
    }

    /** ‖values − expected‖ / ‖expected‖. */
    private static double relativeDistance(double[] values, double[] expected) {
        double squares = 0;
        double differences = 0;
        for (int i = 0; i < values.length; i++) {
            squares += expected[i] * expected[i];
            differences += (values[i] - expected[i]) * (values[i] - expected[i]);
        }
        return Math.sqrt(differences / squares);
    }

    private static Map<String, SDVariable> declare(T5 t5, ModelGraph graph) {
        Encoder.Encoded encoded = t5.encode(graph, graph.feature(Feature.INPUTS));
        Value targets = graph.feature(Feature.TARGETS);
        Value hidden = t5.decode(graph, encoded, graph.shiftRight(targets, VOCABULARY.pad()));
        Value logits = t5.project(graph, hidden);
        graph.loss("sc", graph.crossEntropy(logits, targets, VOCABULARY.pad()));
        Map<String, SDVariable> outputs = new LinkedHashMap<>();
        outputs.put("encoder", graph.variable(encoded.hidden()));
        outputs.put("logits", graph.variable(logits));
        return outputs;
    }

    private static double[] divided(double[] values, double divisor) {
        return Arrays.stream(values).map(value -> value / divisor).toArray();
    }

    private static Program rounded(Backend backend, Plan plan, RoundedParameters parameters, String version)
            throws Exception {
        parameters.update();
        return run(backend, plan, parameters.tensors(), version);
    }

    private static Program run(Backend backend, Plan plan, Map<String, DeviceTensor> parameters, String version)
            throws Exception {
        Program program = backend.prepare(plan, parameters);
        Map<String, Tensor> batch = golden(version, "batch");
        program.setInput("feature.inputs", batch.get("input_ids").ints());
        int[] labels = batch.get("labels").ints();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Math.max(labels[i], VOCABULARY.pad());
        }
        program.setInput("feature.targets", labels);
        program.setInput(PlanNames.weightOf("sc"), 1f);
        program.run();
        return program;
    }

    private static Map<String, DeviceTensor> parameters(String version, Backend backend) throws Exception {
        Map<String, DeviceTensor> parameters = new LinkedHashMap<>();
        for (Tensor tensor : golden(version, "model").values()) {
            boolean duplicate = tensor.name().endsWith("embed_tokens.weight");
            if (!duplicate) {
                DeviceTensor parameter = backend.allocate(ElementType.FLOAT32, tensor.shape());
                parameter.write(0, FloatBuffer.wrap(tensor.floats()));
                parameters.put(tensor.name(), parameter);
            }
        }
        return parameters;
    }

    private static void assertClose(double[] values, double[] expected, double tolerance) {
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).as("element %d", i).isCloseTo(expected[i], Offset.offset(tolerance));
        }
    }

    /** Compares relative to the greatest element of the gradient. */
    private static void assertRelativelyClose(String name, double[] values, double[] expected, double tolerance) {
        double greatest = 0;
        for (double value : expected) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        assertThat(values).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i])
                    .as("gradient of %s, element %d", name, i)
                    .isCloseTo(expected[i], Offset.offset(tolerance * greatest));
        }
    }

    private static Map<String, Tensor> golden(String version, String file) throws IOException, URISyntaxException {
        return Safetensors.read(Path.of(T5GoldenTest.class
                .getResource("/goldens/t5/" + version + "/" + file + ".safetensors")
                .toURI()));
    }
}
