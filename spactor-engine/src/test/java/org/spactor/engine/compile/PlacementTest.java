package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.spactor.engine.reference.OperationGraphs.lossOf;
import static org.spactor.engine.reference.OperationGraphs.parameter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.api.graph.Value;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.OperationGraphs;
import org.spactor.engine.reference.StockGraphs;

class PlacementTest {
    private static final int LAYERS = 10;
    private static final int SIDE = 16;

    @Test
    void chainNeedsTheMemoryOfTwoLayers() {
        Plan plan = evaluation(graph -> {
            Value weight = parameter(graph, "weight", SIDE, SIDE);
            Value x = parameter(graph, "x", SIDE, SIDE);
            for (int i = 0; i < LAYERS; i++) {
                x = graph.linear(x, weight);
            }
            lossOf(graph, "loss", x);
        });

        assertThat(plan.elementsWithoutSharing().get(ElementType.FLOAT32)).isEqualTo((LAYERS + 1) * SIDE * SIDE);
        assertThat(plan.arenas().get(ElementType.FLOAT32)).isEqualTo(2 * SIDE * SIDE);
    }

    @Test
    void elementwiseChainNeedsTheMemoryOfOneValue() {
        Plan plan = evaluation(graph -> {
            Value x = parameter(graph, "x", SIDE, SIDE);
            for (int i = 0; i < LAYERS; i++) {
                x = x.add(1).tanh();
            }
            lossOf(graph, "loss", x);
        });

        assertThat(plan.arenas().get(ElementType.FLOAT32)).isEqualTo(SIDE * SIDE);
    }

    @Test
    void viewsTakeNoMemory() {
        Plan plan = evaluation(graph -> {
            Value x = parameter(graph, "x", SIDE, SIDE).add(1);
            for (int i = 0; i < LAYERS; i++) {
                x = x.reshape(SIDE * SIDE, 1).reshape(SIDE, SIDE).permute(1, 0);
            }
            lossOf(graph, "loss", x.permute(1, 0).permute(1, 0));
        });

        // a reshape of a permuted view needs a copy, a permute never does
        assertThat(plan.instructions())
                .filteredOn(i -> i.kind().equals(Kinds.COPY))
                .hasSize(LAYERS - 1);
    }

    @Test
    void parametersInputsAndConstantsAreNeverWritten() {
        for (GraphCase graph : graphs()) {
            for (Instruction instruction : training(graph).instructions()) {
                assertThat(instruction.outputs())
                        .allSatisfy(output -> assertThat(output.buffer().storage())
                                .isInstanceOfAny(Buffer.Storage.Arena.class, Buffer.Storage.Result.class));
            }
        }
    }

    @Test
    void noTwoResultsShareMemory() {
        for (GraphCase graph : graphs()) {
            List<Buffer> buffers = training(graph).results().values().stream()
                    .map(Operand::buffer)
                    .toList();

            assertThat(buffers).as(graph.name()).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void everyReadSeesWhatWasWrittenForIt(GraphCase graph) {
        Plan plan = training(graph);
        Map<ElementType, int[]> owners = new EnumMap<>(ElementType.class);
        plan.arenas().forEach((type, elements) -> owners.put(type, new int[Math.toIntExact(elements)]));
        owners.values().forEach(owner -> Arrays.fill(owner, -1));
        for (Instruction instruction : plan.instructions()) {
            instruction.inputs().forEach(input -> assertOwned(owners, input, instruction.toString()));
            instruction.outputs().forEach(output -> own(owners, output));
        }
        plan.results().forEach((name, result) -> assertOwned(owners, result, "result " + name));
    }

    static List<GraphCase> graphs() {
        List<GraphCase> graphs = new ArrayList<>(OperationGraphs.all());
        StockGraphs.all().forEach(graph -> graphs.add(graph.asCase()));
        return graphs;
    }

    private static Plan training(GraphCase graph) {
        return new PlanCompiler().training(graph.declare(true));
    }

    private static void own(Map<ElementType, int[]> owners, Operand operand) {
        Buffer buffer = operand.buffer();
        if (buffer.storage() instanceof Buffer.Storage.Arena arena) {
            int first = Math.toIntExact(arena.offset());
            Arrays.fill(owners.get(buffer.type()), first, first + Math.toIntExact(buffer.elements()), buffer.id());
        }
    }

    private static void assertOwned(Map<ElementType, int[]> owners, Operand operand, String reader) {
        Buffer buffer = operand.buffer();
        if (buffer.storage() instanceof Buffer.Storage.Arena arena) {
            int first = Math.toIntExact(arena.offset());
            int[] place =
                    Arrays.copyOfRange(owners.get(buffer.type()), first, first + Math.toIntExact(buffer.elements()));
            assertThat(place).as("%s reads %s", reader, buffer.name()).containsOnly(buffer.id());
        }
    }

    private static Plan evaluation(Consumer<ModelGraph> declaration) {
        return new PlanCompiler().evaluation(GraphCase.of("", declaration).declare(true));
    }
}
