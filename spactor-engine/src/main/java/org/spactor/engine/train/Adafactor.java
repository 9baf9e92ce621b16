package org.spactor.engine.train;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.HostFloats;

/**
 * Adafactor as T5X runs it: no momentum, no weight decay, steps in proportion to the size of the tensor.
 *
 * <p>With t = 1, 2, …, β = 1 − t^−0.8 and G = g² + 10⁻³⁰. A matrix with both sides at least 128 keeps R, the running mean of
 * G over each row's columns, and C, over each column's rows: u = g · (R / mean R)^−½ · C^−½. Another tensor keeps the
 * running mean V: u = g V^−½. Then u ← u / max(1, RMS(u)) and p ← p − η max(10⁻³, RMS(p)) u, with RMS(p) before the update.
 *
 * <p>Source: Shazeer and Stern, <i>Adafactor: adaptive learning rates with sublinear memory cost</i>, 2018; the program
 * {@code t5x/adafactor.py}.
 */
public final class Adafactor implements Optimizer {
    private static final String ROWS = "rows";
    private static final String COLUMNS = "columns";
    private static final String SQUARES = "squares";

    private final AdafactorOptions options;

    /** An optimizer with these options. */
    public Adafactor(AdafactorOptions options) {
        this.options = options;
    }

    @Override
    public Map<String, long[]> slots(long[] shape) {
        return isFactored(shape)
                ? Map.of(ROWS, new long[] {shape[0]}, COLUMNS, new long[] {shape[1]})
                : Map.of(SQUARES, shape);
    }

    private boolean isFactored(long[] shape) {
        return shape.length == 2
                && shape[0] >= options.smallestFactoredSide()
                && shape[1] >= options.smallestFactoredSide();
    }

    @Override
    public void update(INDArray parameter, INDArray gradient, Map<String, INDArray> slots, Step step) {
        HostFloats p = HostFloats.of(parameter);
        FloatBuffer g = HostFloats.read(gradient);
        float kept = (float) (1 - Math.pow(step.number(), -options.decayExponent()));
        float scale = (float) step.gradientScale();
        Direction direction = isFactored(parameter.shape())
                ? factored(g, slots, kept, scale)
                : unfactored(g, slots.get(SQUARES), kept, scale);
        int columns = (int) parameter.size(parameter.rank() - 1);
        double rootMeanSquare = Math.sqrt(sumOfSquares(g, direction, columns, scale) / g.limit());
        double size = Math.max(options.smallestScale(), Math.sqrt(Sums.ofSquares(p.elements()) / g.limit()));
        double clipped = Math.max(1, rootMeanSquare / options.clippingThreshold());
        float rate = (float) (step.learningRate() * rateFactor(step) * size / clipped);
        apply(p.elements(), g, direction, columns, scale * rate);
        p.commit();
    }

    private double rateFactor(Step step) {
        return ParameterGroup.of(step.parameter(), options.groups())
                .map(ParameterGroup::learningRateFactor)
                .orElse(1.0);
    }

    @Override
    public List<? extends ParameterGroup> groups() {
        return options.groups();
    }

    /** Updates R and C and gives (R / mean R)^−½ by row and C^−½ by column. */
    private Direction factored(FloatBuffer g, Map<String, INDArray> slots, float kept, float scale) {
        HostFloats rows = HostFloats.of(slots.get(ROWS));
        HostFloats columns = HostFloats.of(slots.get(COLUMNS));
        int height = rows.elements().limit();
        int width = columns.elements().limit();
        float[] line = new float[width];
        double[] columnSums = new double[width];
        double meanOfRows = 0;
        for (int row = 0; row < height; row++) {
            g.get(row * width, line, 0, width);
            double sum = 0;
            for (int column = 0; column < width; column++) {
                double square = (double) scale * line[column] * scale * line[column] + options.epsilon();
                sum += square;
                columnSums[column] += square;
            }
            rows.elements().put(row, (float) (kept * rows.elements().get(row) + (1 - kept) * sum / width));
            meanOfRows += rows.elements().get(row) / height;
        }
        float[] byRow = new float[height];
        float[] byColumn = new float[width];
        for (int row = 0; row < height; row++) {
            byRow[row] = (float) (1 / Math.sqrt(rows.elements().get(row) / meanOfRows));
        }
        for (int column = 0; column < width; column++) {
            float mean = (float) (kept * columns.elements().get(column) + (1 - kept) * columnSums[column] / height);
            columns.elements().put(column, mean);
            byColumn[column] = (float) (1 / Math.sqrt(mean));
        }
        rows.commit();
        columns.commit();
        return new Direction(byRow, byColumn, null);
    }

    private Direction unfactored(FloatBuffer g, INDArray slot, float kept, float scale) {
        HostFloats squares = HostFloats.of(slot);
        FloatBuffer v = squares.elements();
        for (int i = 0; i < v.limit(); i++) {
            double square = (double) scale * g.get(i) * scale * g.get(i) + options.epsilon();
            v.put(i, (float) (kept * v.get(i) + (1 - kept) * square));
        }
        squares.commit();
        return new Direction(null, null, v);
    }

    private static double sumOfSquares(FloatBuffer g, Direction direction, int columns, float scale) {
        double sum = 0;
        for (int i = 0; i < g.limit(); i++) {
            double u = scale * g.get(i) * direction.factor(i, columns);
            sum += u * u;
        }
        return sum;
    }

    private static void apply(FloatBuffer p, FloatBuffer g, Direction direction, int columns, float rate) {
        for (int i = 0; i < g.limit(); i++) {
            p.put(i, p.get(i) - rate * g.get(i) * direction.factor(i, columns));
        }
    }

    /**
     * What each element of the gradient is multiplied by.
     *
     * @param byRow factor of each row, or null
     * @param byColumn factor of each column, or null
     * @param squares V, whose inverse root is the factor, or null
     */
    private record Direction(float[] byRow, float[] byColumn, FloatBuffer squares) {
        float factor(int element, int columns) {
            return squares == null
                    ? byRow[element / columns] * byColumn[element % columns]
                    : (float) (1 / Math.sqrt(squares.get(element)));
        }
    }
}
