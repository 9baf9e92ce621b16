package org.spactor.engine.reference;

import org.spactor.engine.op.Dropout;
import org.spactor.engine.plan.RandomNumbers;

/** {@link Dropout}, which is its own gradient. */
final class DropoutKernel {
    private DropoutKernel() {}

    static void execute(Kernel.Call call) {
        double rate = call.attributes().real("rate");
        long salt = call.attributes().integer("salt");
        long key = call.input("random-key").integer(0);
        double[] values = call.input("x").reals();
        for (int i = 0; i < values.length; i++) {
            values[i] = RandomNumbers.keeps(key, salt, i, rate) ? values[i] / (1 - rate) : 0;
        }
        call.output("y").write(values);
    }
}
