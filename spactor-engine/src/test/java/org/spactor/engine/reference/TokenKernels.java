package org.spactor.engine.reference;

/** {@link org.spactor.engine.op.CountTokens} and {@link org.spactor.engine.op.ShiftRight}. */
final class TokenKernels {
    private TokenKernels() {}

    static void count(Kernel.Call call) {
        long ignored = call.attributes().integer("ignored");
        int count = 0;
        for (long label : call.input("labels").integers()) {
            count += label == ignored ? 0 : 1;
        }
        call.output("count").set(0, (double) count);
    }

    static void shiftRight(Kernel.Call call) {
        long start = call.attributes().integer("start");
        int columns = call.input("tokens").columns();
        long[] tokens = call.input("tokens").integers();
        long[] shifted = new long[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            shifted[i] = i % columns == 0 ? start : tokens[i - 1];
        }
        call.output("shifted").write(shifted);
    }
}
