package org.spactor.engine.reference;

import org.spactor.engine.op.Compare;
import org.spactor.engine.plan.Relation;

/** {@link Compare} and {@link org.spactor.engine.op.ToFloat}. */
final class ComparisonKernels {
    private ComparisonKernels() {}

    static void compare(Kernel.Call call) {
        Relation relation = Relation.of(call.attributes());
        Tensor x = call.input("x");
        long[] shape = call.output("result").shape();
        long[] answers = new long[call.output("result").elements()];
        for (int i = 0; i < answers.length; i++) {
            double left = x.real(Coordinates.stretched(i, shape, x.shape()));
            double right = call.inputs().size() == 1
                    ? call.attributes().real(Relation.NUMBER)
                    : call.input("y")
                            .real(Coordinates.stretched(
                                    i, shape, call.input("y").shape()));
            answers[i] = relation.holds(left, right) ? 1 : 0;
        }
        call.output("result").write(answers);
    }

    static void toFloat(Kernel.Call call) {
        call.output("y").write(call.input("x").reals());
    }
}
