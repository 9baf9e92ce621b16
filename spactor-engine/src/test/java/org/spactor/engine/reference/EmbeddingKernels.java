package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.Embedding} and its gradient. */
final class EmbeddingKernels {
    private EmbeddingKernels() {}

    static void forward(Kernel.Call call) {
        int width = call.input("table").columns();
        double[] table = call.input("table").reals();
        long[] ids = call.input("ids").integers();
        double[] rows = new double[ids.length * width];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(table, Math.toIntExact(ids[i]) * width, rows, i * width, width);
        }
        call.output("rows").write(rows);
    }

    static void gradient(Kernel.Call call) {
        int width = call.input("table").columns();
        long[] ids = call.input("ids").integers();
        double[] gradient = call.input("gradient").reals();
        double[] ofTable = new double[call.input("table").elements()];
        for (int i = 0; i < gradient.length; i++) {
            ofTable[Math.toIntExact(ids[i / width]) * width + i % width] += gradient[i];
        }
        call.output("table-gradient").write(ofTable);
    }
}
