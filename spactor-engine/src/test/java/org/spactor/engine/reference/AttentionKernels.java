package org.spactor.engine.reference;

import org.spactor.engine.op.Attention;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.RandomNumbers;

/** {@link Attention} and its gradient. */
final class AttentionKernels {
    private AttentionKernels() {}

    static void forward(Kernel.Call call) {
        Attributes attributes = call.attributes();
        Sizes sizes = Sizes.of(call.input("query"), call.input("key"), attributes.number("heads"));
        double[] query = call.input("query").reals();
        double[] key = call.input("key").reals();
        double[] value = call.input("value").reals();
        boolean hasBias = attributes.flag("bias");
        double[] bias = hasBias ? call.input("bias").reals() : new double[sizes.scoresOfExample()];
        boolean hasKeyMask = attributes.flag("masked");
        long[] keyMask = hasKeyMask ? call.input("key-mask").integers() : new long[0];
        boolean hasPrefix = attributes.flag("prefix");
        long[] prefix = hasPrefix ? call.input("prefix").integers() : new long[0];
        boolean causal = attributes.flag("causal");

        double[] probabilities = new double[sizes.batch * sizes.scoresOfExample()];
        for (int b = 0; b < sizes.batch; b++) {
            for (int h = 0; h < sizes.heads; h++) {
                for (int i = 0; i < sizes.queries; i++) {
                    double[] scores = new double[sizes.keys];
                    for (int j = 0; j < sizes.keys; j++) {
                        boolean padded = hasKeyMask && keyMask[b * sizes.keys + j] == 0;
                        boolean first = hasPrefix && prefix[b * sizes.keys + j] != 0;
                        boolean masked = padded || (causal && j > i && !first);
                        scores[j] = bias[(h * sizes.queries + i) * sizes.keys + j] + (masked ? Attention.MASK : 0);
                        for (int c = 0; c < sizes.depth; c++) {
                            scores[j] += query[sizes.query(b, i, h, c)] * key[sizes.key(b, j, h, c)];
                        }
                    }
                    System.arraycopy(Softmax.of(scores), 0, probabilities, sizes.score(b, h, i, 0), sizes.keys);
                }
            }
        }
        call.output("probabilities").write(probabilities);

        double[] applied = probabilities;
        if (attributes.real("dropout") > 0) {
            applied = dropped(probabilities, call.input("random-key").integer(0), attributes);
            call.output("kept").write(applied);
        }
        double[] mixed = new double[query.length];
        for (int b = 0; b < sizes.batch; b++) {
            for (int h = 0; h < sizes.heads; h++) {
                for (int i = 0; i < sizes.queries; i++) {
                    for (int j = 0; j < sizes.keys; j++) {
                        for (int c = 0; c < sizes.depth; c++) {
                            mixed[sizes.query(b, i, h, c)] +=
                                    applied[sizes.score(b, h, i, j)] * value[sizes.key(b, j, h, c)];
                        }
                    }
                }
            }
        }
        call.output("mixed").write(mixed);
    }

    static void gradient(Kernel.Call call) {
        Attributes attributes = call.attributes();
        Sizes sizes = Sizes.of(call.input("query"), call.input("key"), attributes.number("heads"));
        double[] gradient = call.input("gradient").reals();
        double[] query = call.input("query").reals();
        double[] key = call.input("key").reals();
        double[] value = call.input("value").reals();
        double[] probabilities = call.input("probabilities").reals();
        double[] applied = call.input("kept").reals();

        double[] ofProbabilities = new double[probabilities.length];
        double[] ofValue = new double[value.length];
        for (int b = 0; b < sizes.batch; b++) {
            for (int h = 0; h < sizes.heads; h++) {
                for (int i = 0; i < sizes.queries; i++) {
                    for (int j = 0; j < sizes.keys; j++) {
                        int score = sizes.score(b, h, i, j);
                        for (int c = 0; c < sizes.depth; c++) {
                            double upstream = gradient[sizes.query(b, i, h, c)];
                            ofProbabilities[score] += upstream * value[sizes.key(b, j, h, c)];
                            ofValue[sizes.key(b, j, h, c)] += upstream * applied[score];
                        }
                    }
                }
            }
        }
        if (attributes.real("dropout") > 0) {
            ofProbabilities = dropped(ofProbabilities, call.input("random-key").integer(0), attributes);
        }

        double[] ofScores = Softmax.gradient(probabilities, ofProbabilities, sizes.keys);
        double[] ofQuery = new double[query.length];
        double[] ofKey = new double[key.length];
        double[] ofBias = new double[sizes.scoresOfExample()];
        for (int b = 0; b < sizes.batch; b++) {
            for (int h = 0; h < sizes.heads; h++) {
                for (int i = 0; i < sizes.queries; i++) {
                    for (int j = 0; j < sizes.keys; j++) {
                        double ofScore = ofScores[sizes.score(b, h, i, j)];
                        ofBias[(h * sizes.queries + i) * sizes.keys + j] += ofScore;
                        for (int c = 0; c < sizes.depth; c++) {
                            ofQuery[sizes.query(b, i, h, c)] += ofScore * key[sizes.key(b, j, h, c)];
                            ofKey[sizes.key(b, j, h, c)] += ofScore * query[sizes.query(b, i, h, c)];
                        }
                    }
                }
            }
        }
        call.output("query-gradient").write(ofQuery);
        call.output("key-gradient").write(ofKey);
        call.output("value-gradient").write(ofValue);
        if (attributes.flag("bias")) {
            call.output("bias-gradient").write(ofBias);
        }
    }

    static double[] dropped(double[] values, long key, Attributes attributes) {
        double rate = attributes.real("dropout");
        double[] kept = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            kept[i] = RandomNumbers.keeps(key, attributes.integer("salt"), i, rate) ? values[i] / (1 - rate) : 0;
        }
        return kept;
    }

    /** Lengths, and where an element of [B, T, heads · depth] or of [B, heads, Tq, Tk] lies. */
    record Sizes(int batch, int heads, int queries, int keys, int depth) {
        static Sizes of(Tensor query, Tensor key, int heads) {
            return new Sizes(query.side(0), heads, query.side(1), key.side(1), query.side(2) / heads);
        }

        int query(int example, int position, int head, int component) {
            return ((example * queries + position) * heads + head) * depth + component;
        }

        int key(int example, int position, int head, int component) {
            return ((example * keys + position) * heads + head) * depth + component;
        }

        int score(int example, int head, int query, int key) {
            return ((example * heads + head) * queries + query) * keys + key;
        }

        int scoresOfExample() {
            return heads * queries * keys;
        }
    }
}
