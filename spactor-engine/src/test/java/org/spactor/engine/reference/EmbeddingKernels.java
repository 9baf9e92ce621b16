package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.Embedding} and its gradient. */
final class EmbeddingKernels {
    private EmbeddingKernels() {}

    static void forward(Kernel.Call call) {
        int width = call.input(0).columns();
        double[] table = call.input(0).reals();
        long[] ids = call.input(1).integers();
        double[] rows = new double[ids.length * width];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(table, Math.toIntExact(ids[i]) * width, rows, i * width, width);
        }
        call.output(0).write(rows);
    }

    static void gradient(Kernel.Call call) {
        int width = call.input(0).columns();
        long[] ids = call.input(1).integers();
        double[] gradient = call.input(2).reals();
        double[] ofTable = new double[call.input(0).elements()];
        for (int i = 0; i < gradient.length; i++) {
            ofTable[Math.toIntExact(ids[i / width]) * width + i % width] += gradient[i];
        }
        call.output(0).write(ofTable);
    }
}
