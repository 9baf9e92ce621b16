package org.spactor.engine.reference;

import java.util.Arrays;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.reference.AttentionKernels.Sizes;

/** Attention that keeps log Σ exp of each row of scores, and its gradient. */
final class FusedAttentionKernels {
    private FusedAttentionKernels() {}

    static void forward(Kernel.Call call) {
        Attributes attributes = call.attributes();
        Sizes sizes = Sizes.of(call.input("query"), call.input("key"), attributes.number("heads"));
        double[] value = call.input("value").reals();
        double[] scores = scores(call, sizes);
        double[] logSumExp = new double[scores.length / sizes.keys()];
        for (int row = 0; row < logSumExp.length; row++) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < sizes.keys(); j++) {
                greatest = Math.max(greatest, scores[row * sizes.keys() + j]);
            }
            double sum = 0;
            for (int j = 0; j < sizes.keys(); j++) {
                sum += Math.exp(scores[row * sizes.keys() + j] - greatest);
            }
            logSumExp[row] = greatest + Math.log(sum);
        }
        call.output("log-sum-exp").write(logSumExp);

        double[] applied = probabilities(scores, logSumExp, sizes);
        if (attributes.real("dropout") > 0) {
            applied = AttentionKernels.dropped(applied, call.input("random-key").integer(0), attributes);
        }
        double[] mixed = new double[call.input("query").reals().length];
        for (int b = 0; b < sizes.batch(); b++) {
            for (int h = 0; h < sizes.heads(); h++) {
                for (int i = 0; i < sizes.queries(); i++) {
                    for (int j = 0; j < sizes.keys(); j++) {
                        for (int c = 0; c < sizes.depth(); c++) {
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
        double[] mixed = call.input("mixed").reals();
        double[] probabilities =
                probabilities(scores(call, sizes), call.input("log-sum-exp").reals(), sizes);
        // what dropout multiplies with
        double[] factors = new double[probabilities.length];
        Arrays.fill(factors, 1);
        if (attributes.real("dropout") > 0) {
            factors = AttentionKernels.dropped(factors, call.input("random-key").integer(0), attributes);
        }

        double[] ofQuery = new double[query.length];
        double[] ofKey = new double[key.length];
        double[] ofValue = new double[value.length];
        double[] ofBias = new double[sizes.scoresOfExample()];
        for (int b = 0; b < sizes.batch(); b++) {
            for (int h = 0; h < sizes.heads(); h++) {
                for (int i = 0; i < sizes.queries(); i++) {
                    double mean = 0;
                    for (int c = 0; c < sizes.depth(); c++) {
                        mean += gradient[sizes.query(b, i, h, c)] * mixed[sizes.query(b, i, h, c)];
                    }
                    for (int j = 0; j < sizes.keys(); j++) {
                        int score = sizes.score(b, h, i, j);
                        double ofProbability = 0;
                        for (int c = 0; c < sizes.depth(); c++) {
                            double upstream = gradient[sizes.query(b, i, h, c)];
                            ofProbability += upstream * value[sizes.key(b, j, h, c)] * factors[score];
                            ofValue[sizes.key(b, j, h, c)] += upstream * probabilities[score] * factors[score];
                        }
                        double ofScore = probabilities[score] * (ofProbability - mean);
                        ofBias[(h * sizes.queries() + i) * sizes.keys() + j] += ofScore;
                        for (int c = 0; c < sizes.depth(); c++) {
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

    /** The scores, −∞ where a key is masked; a row all of whose keys are has them all. */
    private static double[] scores(Kernel.Call call, Sizes sizes) {
        Attributes attributes = call.attributes();
        double[] query = call.input("query").reals();
        double[] key = call.input("key").reals();
        double[] bias = attributes.flag("bias") ? call.input("bias").reals() : new double[sizes.scoresOfExample()];
        boolean masked = attributes.flag("masked");
        long[] keyMask = masked ? call.input("key-mask").integers() : new long[0];
        boolean hasPrefix = attributes.flag("prefix");
        long[] prefix = hasPrefix ? call.input("prefix").integers() : new long[0];
        double[] scores = new double[sizes.batch() * sizes.scoresOfExample()];
        for (int b = 0; b < sizes.batch(); b++) {
            for (int h = 0; h < sizes.heads(); h++) {
                for (int i = 0; i < sizes.queries(); i++) {
                    boolean[] hidden = new boolean[sizes.keys()];
                    boolean seesAny = false;
                    for (int j = 0; j < sizes.keys(); j++) {
                        boolean first = hasPrefix && prefix[b * sizes.keys() + j] != 0;
                        hidden[j] = (masked && keyMask[b * sizes.keys() + j] == 0)
                                || (attributes.flag("causal") && j > i && !first);
                        seesAny |= !hidden[j];
                    }
                    for (int j = 0; j < sizes.keys(); j++) {
                        double score = bias[(h * sizes.queries() + i) * sizes.keys() + j];
                        for (int c = 0; c < sizes.depth(); c++) {
                            score += query[sizes.query(b, i, h, c)] * key[sizes.key(b, j, h, c)];
                        }
                        scores[sizes.score(b, h, i, j)] = hidden[j] && seesAny ? Double.NEGATIVE_INFINITY : score;
                    }
                }
            }
        }
        return scores;
    }

    private static double[] probabilities(double[] scores, double[] logSumExp, Sizes sizes) {
        double[] probabilities = new double[scores.length];
        for (int at = 0; at < scores.length; at++) {
            probabilities[at] = Math.exp(scores[at] - logSumExp[at / sizes.keys()]);
        }
        return probabilities;
    }
}
