package org.spactor.engine.nd4j.host;

import java.nio.FloatBuffer;
import java.util.List;
import org.spactor.engine.plan.Expression;

/**
 * Goes over [rows, columns] in blocks of one row each, or of all elements in a row where no input is one row or one column.
 * Inputs are read into arrays, and results written from them, in one piece.
 */
public final class MapLoop {
    private final long rows;
    private final long columns;
    private final List<Input> inputs;
    private final BlockExpression expression;

    /**
     * A loop.
     *
     * @param inputs in the order of the expression
     * @param loops compiles the expression, unless it is known
     */
    public MapLoop(Expression expression, long rows, long columns, List<Input> inputs, BlockLoops loops) {
        boolean stretches = inputs.stream().anyMatch(input -> input.form() == Form.ROW || input.form() == Form.COLUMN);
        this.rows = stretches ? rows : 1;
        this.columns = stretches ? columns : rows * columns;
        this.inputs = List.copyOf(inputs);
        List<Boolean> uniform = inputs.stream()
                .map(input -> input.form() == Form.ONE || input.form() == Form.COLUMN)
                .toList();
        this.expression = new BlockExpression(expression, uniform, loops);
    }

    /** How an input lies in [rows, columns]. */
    public enum Form {
        /** It has all elements. */
        ALL,
        /** It has one element for each row. */
        COLUMN,
        /** It has one element for each column. */
        ROW,
        /** It has one element. */
        ONE
    }

    /**
     * An input.
     *
     * @param elements that it has
     */
    public record Input(Form form, FloatBuffer elements) {}

    /** What is done with each block. */
    @FunctionalInterface
    public interface Consumer {
        /**
         * Takes a block.
         *
         * @param row of the block's elements; 0 if all are seen as one row
         * @param column of the first element
         * @param place of the first element among all
         * @param length number of elements
         */
        void take(int row, int column, int place, int length);
    }

    /** A result's elements of the current block. */
    public float[] result(int result) {
        return expression.result(result);
    }

    /** Computes all blocks, one after the other. */
    public void run(Consumer consumer) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).form() == Form.ONE) {
                expression.setUniform(i, inputs.get(i).elements().get(0));
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column += BlockExpression.LENGTH) {
                int length = (int) Math.min(BlockExpression.LENGTH, columns - column);
                int place = Math.toIntExact(row * columns + column);
                read(row, column, place, length);
                expression.compute(length);
                consumer.take(row, column, place, length);
            }
        }
    }

    private void read(int row, int column, int place, int length) {
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            switch (input.form()) {
                case ALL -> input.elements().get(place, expression.input(i), 0, length);
                case ROW -> input.elements().get(column, expression.input(i), 0, length);
                case COLUMN -> expression.setUniform(i, input.elements().get(row));
                case ONE -> {}
            }
        }
    }
}
