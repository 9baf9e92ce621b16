package org.spactor.engine.reference;

import org.spactor.engine.op.RelativePositionBias;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.RelativePositions;

/** {@link RelativePositionBias} and its gradient. */
final class RelativePositionBiasKernels {
    private RelativePositionBiasKernels() {}

    static void forward(Kernel.Call call) {
        double[] table = call.input("table").reals();
        Tensor bias = call.output("bias");
        int[] places = places(call.attributes(), call.input("table").side(0), bias.shape());
        double[] values = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = table[places[i]];
        }
        bias.write(values);
    }

    static void gradient(Kernel.Call call) {
        double[] gradient = call.input("gradient").reals();
        int[] places = places(
                call.attributes(),
                call.input("table").side(0),
                call.input("gradient").shape());
        double[] ofTable = new double[call.output("table-gradient").elements()];
        for (int i = 0; i < places.length; i++) {
            ofTable[places[i]] += gradient[i];
        }
        call.output("table-gradient").write(ofTable);
    }

    /** For every element of the bias [heads, Tq, Tk] its place in the table [buckets, heads]. */
    private static int[] places(Attributes attributes, int buckets, long[] shape) {
        boolean bidirectional = attributes.flag("bidirectional");
        int maxDistance = attributes.number("max-distance");
        int heads = (int) shape[0];
        int queries = (int) shape[1];
        int keys = (int) shape[2];
        int[] places = new int[heads * queries * keys];
        for (int head = 0; head < heads; head++) {
            for (int query = 0; query < queries; query++) {
                for (int key = 0; key < keys; key++) {
                    int bucket = RelativePositions.bucket(key - query, bidirectional, buckets, maxDistance);
                    places[(head * queries + query) * keys + key] = bucket * heads + head;
                }
            }
        }
        return places;
    }
}
