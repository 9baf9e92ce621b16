package org.example;

import java.nio.file.Path;
import org.spactor.runner.embedded.Run;
import org.spactor.runner.embedded.Spactor;

/** A run of one's own: an objective as an object, and a loop that looks at a parameter between steps. */
public final class Train {
    private static final int WIDTH = 64;

    private Train() {}

    /** Trains into the folder that is given. */
    public static void main(String[] arguments) {
        Spactor.useOneThreadPerCall();
        Spactor spactor = Spactor.preset("tiny")
                .out(Path.of(arguments[0]))
                .set("training.steps", 30)
                .set("architecture.options.d-model", WIDTH)
                .set("curriculum", "{name: weighted}")
                .corruptors()
                .objective(new Autoencoding(WIDTH));
        try (Run run = spactor.prepare()) {
            System.out.println("before " + run.validate());
            boolean goesOn = true;
            while (goesOn) {
                goesOn = run.step();
                if (run.steps() % 10 == 0) {
                    System.out.printf("step %d: |embedding| = %.3f%n", run.steps(), norm(run.parameter("shared.weight")));
                }
            }
            System.out.println("after " + run.validate());
        }
    }

    private static double norm(float[] elements) {
        double squares = 0;
        for (float element : elements) {
            squares += element * element;
        }
        return Math.sqrt(squares);
    }
}
