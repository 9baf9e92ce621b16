package org.spactor.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spactor.api.graph.ElementType;
import org.spactor.engine.graph.ModelGraph;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.ValueOperation;

/** What a graph says of a value while it is declared is what the compiler finds. */
class ShapesTest {
    static List<ValueOperation> operations() {
        return ValueOperation.all();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shapesAndTypesAreTheCompilers(ValueOperation operation) {
        ModelGraph graph = GraphCase.of("", model -> {}).declare(true);
        org.spactor.api.graph.Value declared = operation.body().apply(graph);

        Value lowered = Lowering.lower(
                        graph.sameDiff(),
                        Map.of("value", graph.variable(declared)),
                        graph.parameters().keySet())
                .results()
                .get("value");

        assertThat(declared.shape()).isEqualTo(lowered.shape());
        assertThat(declared.rank()).isEqualTo(lowered.shape().length);
        assertThat(declared.type() == ElementType.INT)
                .isEqualTo(lowered.type() == org.spactor.engine.plan.ElementType.INT32);
    }
}
