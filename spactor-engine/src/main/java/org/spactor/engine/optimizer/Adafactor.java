package org.spactor.engine.optimizer;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.ParameterUpdate;
import org.spactor.engine.backend.Sums;

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
    public void update(ParameterUpdate update) {
        FloatBuffer p = update.parameter();
        FloatBuffer g = update.gradient();
        float kept = (float) (1 - Math.pow(update.step(), -options.decayExponent()));
        float scale = (float) update.gradientScale();
        double squares = Sums.ofSquares(p);
        double size = Math.max(options.smallestScale(), Math.sqrt(squares / g.limit()));
        Direction direction = isFactored(update.shape())
                ? factored(g, update.slot(ROWS), update.slot(COLUMNS), kept, scale)
                : unfactored(g, update.slot(SQUARES), kept, scale);
        double rootMeanSquare = scale * Math.sqrt(direction.sumOfSquares() / g.limit());
        double clipped = Math.max(1, rootMeanSquare / options.clippingThreshold());
        float rate = (float) (update.learningRate() * rateFactor(update.name()) * size / clipped);
        direction.step(p, rate * scale);
    }

    private double rateFactor(String parameter) {
        return ParameterGroup.of(parameter, options.groups())
                .map(ParameterGroup::learningRateFactor)
                .orElse(1.0);
    }

    @Override
    public double learningRate() {
        return options.learningRate();
    }

    @Override
    public void requireParameters(Set<String> names) {
        ParameterGroup.requireParameters(options.groups(), names);
    }

    /** Updates R and C and gives (R / mean R)^−½ by row and C^−½ by column. */
    private Direction factored(FloatBuffer g, FloatBuffer rows, FloatBuffer columns, float kept, float scale) {
        int height = rows.limit();
        int width = columns.limit();
        double squared = (double) scale * scale;
        Squares squares = new Squares(width);
        double meanOfRows = 0;
        for (int row = 0; row < height; row++) {
            double mean = squared * squares.addRow(g, row) / width + options.epsilon();
            rows.put(row, (float) (kept * rows.get(row) + (1 - kept) * mean));
            meanOfRows += rows.get(row) / height;
        }
        double[] columnSums = squares.byColumn();
        float[] byRow = new float[height];
        float[] byColumn = new float[width];
        for (int row = 0; row < height; row++) {
            byRow[row] = (float) (1 / Math.sqrt(rows.get(row) / meanOfRows));
        }
        for (int column = 0; column < width; column++) {
            double mean = squared * columnSums[column] / height + options.epsilon();
            float average = (float) (kept * columns.get(column) + (1 - kept) * mean);
            columns.put(column, average);
            byColumn[column] = (float) (1 / Math.sqrt(average));
        }
        return new FactoredDirection(g, byRow, byColumn);
    }

    private Direction unfactored(FloatBuffer g, FloatBuffer v, float kept, float scale) {
        float[] direction = new float[g.limit()];
        for (int i = 0; i < v.limit(); i++) {
            double square = (double) scale * g.get(i) * scale * g.get(i) + options.epsilon();
            v.put(i, (float) (kept * v.get(i) + (1 - kept) * square));
            direction[i] = g.get(i) * (float) (1 / Math.sqrt(v.get(i)));
        }
        return new PlainDirection(direction);
    }

    /** Sums of squares of a matrix's rows and columns: of columns in single precision over a few rows at a time. */
    private static final class Squares {
        private static final int ROWS_IN_SINGLE_PRECISION = 32;

        private final float[] line;
        private final float[] few;
        private final double[] columns;
        private int rows;

        Squares(int width) {
            this.line = new float[width];
            this.few = new float[width];
            this.columns = new double[width];
        }

        /** Adds a row and returns the sum of its squares. */
        double addRow(FloatBuffer matrix, int row) {
            matrix.get(row * line.length, line, 0, line.length);
            addSquares(few, line);
            if (++rows % ROWS_IN_SINGLE_PRECISION == 0) {
                flush();
            }
            return Sums.ofSquares(FloatBuffer.wrap(line));
        }

        double[] byColumn() {
            flush();
            return columns;
        }

        private static void addSquares(float[] sum, float[] x) {
            for (int i = 0; i < x.length; i++) {
                sum[i] += x[i] * x[i];
            }
        }

        private void flush() {
            for (int i = 0; i < columns.length; i++) {
                columns[i] += few[i];
                few[i] = 0;
            }
        }
    }

    /** Where a step goes, but for the gradient's scale: u. */
    private interface Direction {
        /** Σ u². */
        double sumOfSquares();

        /** p ← p − rate · u. */
        void step(FloatBuffer p, float rate);
    }

    /** g by factors of rows and columns. */
    private static final class FactoredDirection implements Direction {
        private final FloatBuffer g;
        private final float[] byRow;
        private final float[] byColumn;
        private final float[] line;
        private final float[] parameters;

        FactoredDirection(FloatBuffer g, float[] byRow, float[] byColumn) {
            this.g = g;
            this.byRow = byRow;
            this.byColumn = byColumn;
            this.line = new float[byColumn.length];
            this.parameters = new float[byColumn.length];
        }

        @Override
        public double sumOfSquares() {
            double sum = 0;
            for (int row = 0; row < byRow.length; row++) {
                g.get(row * line.length, line, 0, line.length);
                multiply(line, byColumn);
                sum += (double) byRow[row] * byRow[row] * Sums.ofSquares(FloatBuffer.wrap(line));
            }
            return sum;
        }

        @Override
        public void step(FloatBuffer p, float rate) {
            for (int row = 0; row < byRow.length; row++) {
                g.get(row * line.length, line, 0, line.length);
                p.get(row * line.length, parameters, 0, line.length);
                subtract(parameters, line, byColumn, rate * byRow[row]);
                p.put(row * line.length, parameters, 0, line.length);
            }
        }

        private static void multiply(float[] x, float[] y) {
            for (int i = 0; i < x.length; i++) {
                x[i] *= y[i];
            }
        }

        private static void subtract(float[] p, float[] g, float[] byColumn, float rate) {
            for (int i = 0; i < p.length; i++) {
                p[i] -= g[i] * byColumn[i] * rate;
            }
        }
    }

    /** u itself, of a small tensor. */
    private record PlainDirection(float[] u) implements Direction {
        @Override
        public double sumOfSquares() {
            return Sums.ofSquares(FloatBuffer.wrap(u));
        }

        @Override
        public void step(FloatBuffer p, float rate) {
            for (int i = 0; i < u.length; i++) {
                p.put(i, p.get(i) - rate * u[i]);
            }
        }
    }
}
