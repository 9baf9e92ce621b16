package org.spactor.engine.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.compile.Precision;
import org.spactor.engine.compile.Recompute;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.FusedAttentionGraphs;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.OperationGraphs;
import org.spactor.engine.reference.RandomInputs;
import org.spactor.engine.reference.ReferencePlan;
import org.spactor.engine.reference.StockGraph;
import org.spactor.engine.reference.StockGraphs;
import org.spactor.engine.storage.JsonMutations;

class PlanFileTest {
    private static final double[] REALS = {
        0.1,
        -0.0,
        1.0,
        1e10,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Math.nextUp(2.0 / 3),
        Double.NaN,
        Double.longBitsToDouble(0x7ff8000000000abcL),
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY
    };

    @TempDir
    private Path folder;

    static List<GraphCase> graphs() {
        List<GraphCase> graphs = new ArrayList<>(OperationGraphs.all());
        StockGraphs.all().stream().map(StockGraph::asCase).forEach(graphs::add);
        graphs.add(OperationGraphs.wideBlock());
        return graphs;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void planComesBackAsItWasAndRunsToTheSameBits(GraphCase graphCase) throws IOException {
        ModelGraph training = graphCase.declare(true);
        requireTheSameResults(graphCase, training, new PlanCompiler().training(training));
        ModelGraph evaluation = graphCase.declare(false);
        requireTheSameResults(graphCase, evaluation, new PlanCompiler().evaluation(evaluation));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void planOfTheOtherSettingsComesBackAsItWas(GraphCase graphCase) throws IOException {
        CompilerSettings settings = new CompilerSettings(Precision.BFLOAT16, Recompute.BLOCKS);

        roundTrip(new PlanCompiler(settings).training(graphCase.declare(true), true));
    }

    static List<GraphCase> fusedGraphs() {
        return FusedAttentionGraphs.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fusedGraphs")
    void planOfFusedAttentionComesBackAsItWas(GraphCase graphCase) throws IOException {
        CompilerSettings settings = new CompilerSettings(Precision.BFLOAT16, Recompute.NONE).fusingAttention(true);
        Plan plan = new PlanCompiler(settings).training(graphCase.declare(true));
        assertThat(plan.instructions())
                .anyMatch(instruction -> instruction.kind().equals(Kinds.FUSED_ATTENTION));

        roundTrip(plan);
    }

    @Test
    void attributesOfEveryTypeComeBackToTheBit() throws IOException {
        Attributes attributes = Attributes.NONE
                .with("whole", Long.MIN_VALUE)
                .with("wholes", new long[] {0, -1, Long.MAX_VALUE})
                .with("nothing", new long[0])
                .with("no", false)
                .with("yes", true)
                .with("reals", REALS);
        for (double real : REALS) {
            attributes = attributes.with("real" + Double.doubleToRawLongBits(real), real);
        }

        roundTrip(plan(attributes));
    }

    @Test
    void attributeOfAnotherTypeIsNotWritten() {
        Plan plan = plan(Attributes.NONE.with("heads", 2));

        assertThatThrownBy(() -> PlanFile.write(folder.resolve("plan"), plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'heads'")
                .hasMessageContaining("Integer");
    }

    @Test
    void fileThatIsCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = PlanFile.bytes(plan(Attributes.NONE));
        Path file = folder.resolve("plan.json.gz");

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> PlanFile.read(file))
                    .as("%d bytes of %d", length, whole.length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void fileInWhichABitIsOtherwiseIsRefused() throws IOException {
        byte[] sound = PlanFile.bytes(plan(Attributes.NONE));
        Path file = folder.resolve("plan.json.gz");
        int header = 10;

        for (int i = header; i < sound.length; i++) {
            byte[] damaged = sound.clone();
            damaged[i] ^= 4;
            Files.write(file, damaged);

            assertThatThrownBy(() -> PlanFile.read(file))
                    .as("byte %d", i)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void textThatIsCutOffAnywhereIsRefused() throws IOException {
        String whole = text(plan(Attributes.NONE));

        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);

            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(IOException.class);
        }
    }

    /** What stands in the file, what is put in its place, and what the message says. */
    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":1 | \"version\":2 | version 2 of the format",
                "\"spactor-plan\" | \"spactor-plans\" | its format is 'spactor-plans'",
                "{\"input\": | {\"disk\": | there is no storage 'disk' at /plan/buffers/0/storage/disk",
                "\"kind\":\"copy\" | \"kind\":\"move\" | there is no kind of instruction 'move' at /plan/instructions/0/kind",
                "\"kind\":\"copy\" | \"kind\":\"stock:reshape\" | there is no kind of instruction 'stock:reshape'",
                "\"type\":\"FLOAT32\" | \"type\":\"FLOAT16\" | there is no element type 'FLOAT16'",
                "{\"FLOAT32\":8 | {\"FLOAT8\":8 | there is no element type 'FLOAT8'",
                "{\"buffer\":1, | {\"buffer\":4, | there is no buffer 4 among 4 at /plan/instructions/0/outputs/0/buffer",
                "{\"buffer\":1, | {\"buffer\":-1, | there is no buffer -1 among 4",
                "{\"arena\":2} | {\"arena\":3} | reaches out of the 8 elements of the arena of FLOAT32",
                "{\"arena\":2} | {\"arena\":-1} | a length is -1",
                "\"strides\":[1,3] | \"strides\":[1,4] | reaches out of the 6 elements of 'x'",
                "\"strides\":[1,3] | \"strides\":[1,-3] | reaches out of the 6 elements of 'x'",
                "\"strides\":[1,3] | \"strides\":[1] | reaches out of the 6 elements of 'x'",
                "\"strides\":[1,3] | \"strides\":[1,9223372036854775807] | reaches out of the 6 elements of 'x'",
                "\"strides\":[1,3] | \"strides\":[1,9223372036854775808] | out of range",
                "[0.5,-1.0] | [0.5] | the constant 'c' of 2 elements has 1 values",
                "[0.5,-1.0] | [0.5,1] | a real number was expected, not 1 at /plan/buffers/3/storage/constant/1",
                "[0.5,-1.0] | [0.5,\"0xff\"] | a real number was expected",
                "\"flag\":true | \"flag\":1 | true or false was expected",
                "\"flag\":true | \"text\":true | there is no type of attribute 'text'",
                "\"flag\":true | \"flag\":true,\"real\":1.0 | the end of the object was expected, not the field 'real'",
                "\"flops\":7 | \"flops\":7.0 | a whole number was expected",
                "\"flops\":7 | \"cost\":7 | the field 'flops' was expected, not the field 'cost'",
                "\"flops\":7, | '' | the field 'flops' was expected, not the field 'input-names'",
                "\"input-names\":[\"from\"] | \"input-names\":[] | of the names",
                "\"input-names\":[\"from\"] | \"input-names\":[\"from\",\"from\"] | 'from' is there twice",
                "\"results\":{\"y\" | \"results\":{\"y\":{\"buffer\":0,\"shape\":[],\"strides\":[]},\"y\" | Duplicate field 'y'",
                "\"name\":\"place\" | \"name\":null | a text was expected, not null at /plan/instructions/0/name",
                "{\"format\" | [{\"format\" | an object was expected"
            })
    void whatIsWrongInAFileIsNamed(String sound, String wrong, String message) throws IOException {
        String text = text(plan(Attributes.NONE.with("yes", true)));
        assertThat(text).contains(sound);

        assertThatThrownBy(() -> read(text.replace(sound, wrong)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("plan.json.gz")
                .hasMessageContaining(message);
    }

    @Test
    void whatFollowsBehindThePlanIsRefused() throws IOException {
        String text = text(plan(Attributes.NONE));

        assertThatThrownBy(() -> read(text + "{}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the end of the file was expected");
    }

    @Test
    void fileThatIsNotCompressedIsRefused() throws IOException {
        Path file = folder.resolve("plan.json.gz");
        Files.writeString(file, text(plan(Attributes.NONE)));

        assertThatThrownBy(() -> PlanFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not what was compressed");
    }

    /** Whatever is in a file, it is a plan whose operands are within their memory, or an error that names the file. */
    @Test
    void mutatedFileIsAPlanOrRefused() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode sound =
                mapper.readTree(text(plan(Attributes.NONE.with("reals", REALS).with("yes", true))));
        JsonMutations mutations = new JsonMutations(3);
        int read = 0;

        for (int i = 0; i < 5_000; i++) {
            String mutated = mapper.writeValueAsString(mutations.mutate(sound));
            try {
                PlanText.of(read(mutated));
                read++;
            } catch (IOException e) {
                assertThat(e).as(mutated).hasMessageContaining("plan.json.gz");
            }
        }

        assertThat(read).isBetween(1, 4_000);
    }

    private void requireTheSameResults(GraphCase graphCase, ModelGraph graph, Plan plan) throws IOException {
        Plan read = roundTrip(plan);
        ReferencePlan expected = run(graphCase, graph, plan);
        ReferencePlan actual = run(graphCase, graph, read);
        assertThat(plan.results()).isNotEmpty();
        for (String result : plan.results().keySet()) {
            assertThat(actual.result(result)).as(result).containsExactly(expected.result(result));
        }
    }

    private static ReferencePlan run(GraphCase graphCase, ModelGraph graph, Plan plan) {
        ReferencePlan runner = new ReferencePlan(plan);
        RandomInputs.of(graphCase, graph).feed(runner);
        runner.run();
        return runner;
    }

    private Plan roundTrip(Plan plan) throws IOException {
        Path file = folder.resolve("plan.json.gz");
        PlanFile.write(file, plan);
        Plan read = PlanFile.read(file);
        assertThat(PlanText.of(read)).isEqualTo(PlanText.of(plan));
        return read;
    }

    /** A plan that copies a transposed matrix, with a constant and an intermediate value that nobody reads. */
    private static Plan plan(Attributes attributes) {
        Buffer x = new Buffer(0, "x", ElementType.FLOAT32, 6, new Buffer.Storage.Input("x"));
        Buffer y = new Buffer(1, "y", ElementType.FLOAT32, 6, new Buffer.Storage.Result("y"));
        Buffer z = new Buffer(2, "z", ElementType.FLOAT32, 6, new Buffer.Storage.Arena(2));
        Buffer c = new Buffer(3, "c", ElementType.FLOAT32, 2, new Buffer.Storage.Constant(new double[] {0.5, -1}));
        Operand transposed = new Operand(x, new long[] {3, 2}, new long[] {1, 3});
        Operand result = Operand.contiguous(y, 3, 2);
        Instruction instruction = new Instruction(
                Kinds.COPY,
                "place",
                List.of(transposed),
                List.of(result),
                attributes,
                7,
                OperandNames.reads("from").writes("to"));
        return new Plan(
                List.of(x, y, z, c), List.of(instruction), Map.of(ElementType.FLOAT32, 8L), Map.of("y", result));
    }

    private static String text(Plan plan) throws IOException {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(PlanFile.bytes(plan)))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Plan read(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return PlanFile.plan(bytes.toByteArray(), Path.of("plan.json.gz"));
    }
}
