package org.spactor.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.engine.compile.PlanCompiler;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.PlanNames;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.OperationGraphs;
import org.spactor.engine.reference.ProgramRunner;
import org.spactor.engine.reference.RandomInputs;

/** Runs that accumulate add their gradients to those of the run before, for every kind of operation. */
class AccumulationTest {
    static List<Arguments> graphs() {
        List<Arguments> arguments = new ArrayList<>();
        for (GraphCase graph : OperationGraphs.all()) {
            arguments.add(Arguments.of("one thread", Nd4jBackend.create(), 1, graph));
            arguments.add(Arguments.of("three threads", Nd4jBackend.create(), 3, graph));
            arguments.add(Arguments.of("OpenBLAS", Nd4jBackend.openBlas(), 1, graph));
            arguments.add(Arguments.of("portable", Nd4jBackend.portable(), 1, graph));
        }
        return arguments;
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("graphs")
    void threeRunsGiveThreeTimesTheGradient(String name, Nd4jBackend backend, int threads, GraphCase graphCase) {
        ModelGraph graph = graphCase.declare(true);
        RandomInputs inputs = RandomInputs.of(graphCase, graph);
        Plan plan = new PlanCompiler().training(graph, true);
        ProgramRunner once = new ProgramRunner(backend, new PlanCompiler().training(graph), threads);
        ProgramRunner thrice = new ProgramRunner(backend, plan, threads);
        inputs.feed(once);
        inputs.feed(thrice);

        once.run();
        thrice.run(true); // something that the next run must forget
        thrice.run(false);
        thrice.run(true);
        thrice.run(true);

        for (String parameter : graph.parameters().keySet()) {
            String gradient = PlanNames.gradientOf(parameter);
            if (plan.results().containsKey(gradient)) {
                assertThreeTimes(gradient, once.result(gradient), thrice.result(gradient));
            }
        }
        for (String loss : graph.losses().keySet()) {
            assertThat(thrice.result(PlanNames.sumOf(loss))).isEqualTo(once.result(PlanNames.sumOf(loss)));
        }
    }

    private static void assertThreeTimes(String gradient, double[] once, double[] thrice) {
        double greatest = 1e-3;
        for (double value : once) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        for (int i = 0; i < once.length; i++) {
            assertThat(thrice[i])
                    .as("%s, element %d", gradient, i)
                    .isCloseTo(3 * once[i], Offset.offset(1e-5 * greatest));
        }
    }
}
