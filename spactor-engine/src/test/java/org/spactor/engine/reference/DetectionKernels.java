package org.spactor.engine.reference;

import org.spactor.engine.plan.RandomNumbers;

/** Yes-or-no answers, the likeliest ids, and sampling. */
final class DetectionKernels {
    private DetectionKernels() {}

    static void crossEntropy(Kernel.Call call) {
        double[] logits = call.input("logits").reals();
        long[] labels = call.input("labels").integers();
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            if (isAnswer(labels[i])) {
                sum += Math.max(logits[i], 0) - logits[i] * labels[i] + Math.log1p(Math.exp(-Math.abs(logits[i])));
            }
        }
        call.output("sum").set(0, sum);
    }

    static void crossEntropyGradient(Kernel.Call call) {
        double[] logits = call.input("logits").reals();
        long[] labels = call.input("labels").integers();
        double upstream = call.input("gradient").real(0);
        double[] gradient = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            gradient[i] = isAnswer(labels[i]) ? upstream * (1 / (1 + Math.exp(-logits[i])) - labels[i]) : 0;
        }
        call.output("logits-gradient").write(gradient);
    }

    static void detections(Kernel.Call call) {
        double[] logits = call.input("logits").reals();
        long[] labels = call.input("labels").integers();
        double[] counts = new double[4];
        for (int i = 0; i < logits.length; i++) {
            if (isAnswer(labels[i])) {
                boolean yes = logits[i] > 0;
                boolean wanted = labels[i] == 1;
                counts[0] += yes == wanted ? 1 : 0;
                counts[1] += yes && wanted ? 1 : 0;
                counts[2] += yes ? 1 : 0;
                counts[3] += wanted ? 1 : 0;
            }
        }
        for (int i = 0; i < counts.length; i++) {
            call.output(i).set(0, counts[i]);
        }
    }

    static void countAnswers(Kernel.Call call) {
        double count = 0;
        for (long label : call.input("labels").integers()) {
            count += isAnswer(label) ? 1 : 0;
        }
        call.output("count").set(0, count);
    }

    static void correctPredictions(Kernel.Call call) {
        double[] logits = call.input("logits").reals();
        long[] labels = call.input("labels").integers();
        int columns = call.input("logits").columns();
        long ignored = call.attributes().integer("ignored");
        double correct = 0;
        for (int row = 0; row < labels.length; row++) {
            int likeliest = 0;
            for (int column = 1; column < columns; column++) {
                likeliest = logits[row * columns + column] > logits[row * columns + likeliest] ? column : likeliest;
            }
            correct += labels[row] != ignored && labels[row] == likeliest ? 1 : 0;
        }
        call.output("count").set(0, correct);
    }

    static void sample(Kernel.Call call) {
        double[] logits = call.input("logits").reals();
        long key = call.input("random-key").integer(0);
        int columns = call.input("logits").columns();
        double temperature = call.attributes().real("temperature");
        long salt = call.attributes().integer("salt");
        double[] probabilities = new double[logits.length];
        long[] ids = new long[logits.length / columns];
        for (int row = 0; row < ids.length; row++) {
            double[] scores = new double[columns];
            for (int column = 0; column < columns; column++) {
                scores[column] = logits[row * columns + column] / temperature;
            }
            double[] softmax = Softmax.of(scores);
            System.arraycopy(softmax, 0, probabilities, row * columns, columns);
            double wanted = RandomNumbers.uniform(key, salt, row);
            double cumulative = softmax[0];
            while (cumulative <= wanted && ids[row] < columns - 1) {
                ids[row]++;
                cumulative += softmax[(int) ids[row]];
            }
        }
        call.output("ids").write(ids);
        call.output("scratch").write(probabilities);
    }

    private static boolean isAnswer(long label) {
        return label == 0 || label == 1;
    }
}
