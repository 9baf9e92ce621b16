package org.spactor.models.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.graph.Value;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.nd4j.Nd4jExecutable;
import org.spactor.engine.nd4j.Rounding;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;

/** T5 1.0 and 1.1 against Hugging Face transformers: the same weights and batch, every output and every gradient. */
class T5GoldenTest {
    /** The greatest distance of a gradient of v1_0 under PyTorch 2.13's bfloat16 autocast from the goldens. */
    private static final double PYTORCH_AUTOCAST_DISTANCE = 0.063;

    private static final int BATCH = 3;
    private static final int INPUTS = 40;
    private static final int TARGETS = 17;
    private static final Vocabulary VOCABULARY = Vocabulary.sample(20, 10, 128);

    @ParameterizedTest(name = "{0}, portable kernels: {3}, recomputing: {4}")
    @CsvSource({
        "v1_0,false,true,false,NONE",
        "v1_1,true,false,false,NONE",
        "v1_0,false,true,true,NONE",
        "v1_1,true,false,true,NONE",
        "v1_0,false,true,false,BLOCKS",
        "v1_1,true,false,false,BLOCKS"
    })
    void outputsAndGradientsAgreeWithHuggingFace(
            String version, boolean gated, boolean tied, boolean portable, Recompute recompute) throws Exception {
        T5 t5 = new T5(new T5Dimensions(32, 64, 8, 3, 2, 2, gated, tied, 0), VOCABULARY.size());
        Map<String, Tensor> expected = golden(version, "expected");
        FeatureLengths lengths = FeatureLengths.ofSegment(INPUTS).with(Feature.TARGETS, TARGETS);
        ModelGraph graph = new ModelGraph(lengths, VOCABULARY, BATCH, true);
        Map<String, SDVariable> outputs = declare(t5, graph);
        PlanCompiler compiler = new PlanCompiler(new CompilerSettings(Precision.FLOAT32, recompute));
        Plan training = compiler.training(graph);
        Plan forward =
                compiler.compile(graph.sameDiff(), outputs, graph.parameters().keySet());
        Nd4jBackend backend = portable ? Nd4jBackend.portable() : Nd4jBackend.create();

        Map<String, INDArray> parameters = parameters(version);
        assertThat(graph.parameters().keySet()).isEqualTo(parameters.keySet());
        try (Nd4jExecutable executable = run(backend, forward, parameters, version)) {
            assertClose(
                    executable.result("encoder"),
                    expected.get("encoder_last_hidden_state").doubles(),
                    1e-4);
            assertClose(executable.result("logits"), expected.get("logits").doubles(), 1e-4);
        }
        try (Nd4jExecutable executable = run(backend, training, parameters, version)) {
            double count = executable.result(PlanCompiler.countOf("sc")).getDouble(0);
            double loss = executable.result(PlanCompiler.sumOf("sc")).getDouble(0) / count;
            assertThat(loss).isCloseTo(expected.get("loss").doubles()[0], Offset.offset(1e-4));
            for (String name : parameters.keySet()) {
                INDArray gradient =
                        executable.result(PlanCompiler.gradientOf(name)).div(count);
                assertRelativelyClose(
                        name, gradient, expected.get("grad." + name).doubles(), 1e-3);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"v1_0,false,true", "v1_1,true,false"})
    void bfloat16OperandsStayCloseToHuggingFacesFloat32(String version, boolean gated, boolean tied) throws Exception {
        Nd4jBackend backend = Nd4jBackend.create();
        assumeTrue(backend.takesBFloat16(), "this CPU has no instructions for bfloat16");
        T5 t5 = new T5(new T5Dimensions(32, 64, 8, 3, 2, 2, gated, tied, 0), VOCABULARY.size());
        Map<String, Tensor> expected = golden(version, "expected");
        FeatureLengths lengths = FeatureLengths.ofSegment(INPUTS).with(Feature.TARGETS, TARGETS);
        ModelGraph graph = new ModelGraph(lengths, VOCABULARY, BATCH, true);
        declare(t5, graph);
        Plan training = new PlanCompiler(new CompilerSettings(Precision.BFLOAT16, Recompute.NONE)).training(graph);
        Map<String, INDArray> parameters = withRoundedCopies(parameters(version), training, backend);
        try (Nd4jExecutable executable = run(backend, training, parameters, version)) {
            double count = executable.result(PlanCompiler.countOf("sc")).getDouble(0);
            double loss = executable.result(PlanCompiler.sumOf("sc")).getDouble(0) / count;
            assertThat(loss).isCloseTo(expected.get("loss").doubles()[0], Offset.offset(0.02));
            for (String name : graph.parameters().keySet()) {
                INDArray gradient =
                        executable.result(PlanCompiler.gradientOf(name)).div(count);
                assertThat(relativeDistance(
                                gradient, expected.get("grad." + name).doubles()))
                        .as(name)
                        .isLessThan(PYTORCH_AUTOCAST_DISTANCE);
            }
        }
    }

    /** ‖actual − expected‖ / ‖expected‖. */
    private static double relativeDistance(INDArray actual, double[] expected) {
        double[] values = actual.dup('c').data().asDouble();
        double squares = 0;
        double differences = 0;
        for (int i = 0; i < values.length; i++) {
            squares += expected[i] * expected[i];
            differences += (values[i] - expected[i]) * (values[i] - expected[i]);
        }
        return Math.sqrt(differences / squares);
    }

    private static Map<String, INDArray> withRoundedCopies(
            Map<String, INDArray> parameters, Plan plan, Nd4jBackend backend) {
        Map<String, INDArray> all = new LinkedHashMap<>(parameters);
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter parameter
                    && buffer.type() == ElementType.BFLOAT16) {
                INDArray original = parameters.get(PlanCompiler.originalOf(parameter.name()));
                INDArray copy = Nd4j.createUninitialized(DataType.BFLOAT16, original.shape());
                try (Rounding rounding = backend.rounding(Map.of(original, copy), 1)) {
                    rounding.round(0);
                }
                all.put(parameter.name(), copy);
            }
        }
        return all;
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

    private static Nd4jExecutable run(Nd4jBackend backend, Plan plan, Map<String, INDArray> parameters, String version)
            throws Exception {
        Nd4jExecutable executable = backend.prepare(plan, parameters);
        Map<String, Tensor> batch = golden(version, "batch");
        executable.setInput("feature.inputs", batch.get("input_ids").ints());
        int[] labels = batch.get("labels").ints();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Math.max(labels[i], VOCABULARY.pad());
        }
        executable.setInput("feature.targets", labels);
        executable.setInput(ModelGraph.weightOf("sc"), 1f);
        executable.run();
        return executable;
    }

    private static Map<String, INDArray> parameters(String version) throws Exception {
        Map<String, INDArray> parameters = new LinkedHashMap<>();
        for (Tensor tensor : golden(version, "model").values()) {
            boolean duplicate = tensor.name().endsWith("embed_tokens.weight");
            if (!duplicate) {
                parameters.put(tensor.name(), Nd4j.create(tensor.floats(), tensor.shape(), 'c'));
            }
        }
        return parameters;
    }

    private static void assertClose(INDArray actual, double[] expected, double tolerance) {
        double[] values = actual.dup('c').data().asDouble();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).as("element %d", i).isCloseTo(expected[i], Offset.offset(tolerance));
        }
    }

    /** Compares relative to the greatest element of the gradient. */
    private static void assertRelativelyClose(String name, INDArray actual, double[] expected, double tolerance) {
        double[] values = actual.dup('c').data().asDouble();
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
