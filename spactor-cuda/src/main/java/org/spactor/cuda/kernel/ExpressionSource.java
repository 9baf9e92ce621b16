package org.spactor.cuda.kernel;

import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.KernelSource;
import org.spactor.engine.plan.Expression;
import org.spactor.engine.plan.Expression.Operation;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Shape;

/**
 * An expression in CUDA C++. The element of an input is where its form says: at the element's own place, at its row or its
 * column, or at the beginning.
 */
final class ExpressionSource {
    private final Expression expression;
    private final List<Operand> inputs;
    private final long rows;
    private final long columns;
    private final boolean wide;

    /**
     * An expression of [rows, columns].
     *
     * @param wide whether it is computed in double precision
     */
    ExpressionSource(Expression expression, List<Operand> inputs, long rows, long columns, boolean wide) {
        this.expression = expression;
        this.inputs = inputs;
        this.rows = rows;
        this.columns = columns;
        this.wide = wide;
    }

    /** A kernel {@code map}: the inputs, the outputs, rows and columns. */
    KernelSource map(List<Operand> outputs) {
        StringBuilder text = begin("map");
        for (int i = 0; i < outputs.size(); i++) {
            text.append(View.elementName(outputs.get(i).buffer().type()))
                    .append("* y")
                    .append(i)
                    .append(", ");
        }
        text.append("int64 rows, int64 columns) {\n");
        text.append("    int64 elements = rows * columns;\n");
        text.append("    for (int64 i = global_thread(); i < elements; i += global_threads()) {\n");
        compute(text, "i / columns", "i % columns");
        for (int i = 0; i < outputs.size(); i++) {
            text.append("        y")
                    .append(i)
                    .append("[i] = ")
                    .append(value(expression.results().get(i)))
                    .append(";\n");
        }
        return source("map", text.append("    }\n}\n"));
    }

    /** A kernel {@code sum_all}: the inputs, partial sums of FLOAT64, rows, columns, elements that a block adds up. */
    KernelSource sumAll() {
        StringBuilder text = begin("sum_all");
        text.append("double* partial, int64 rows, int64 columns, int64 stretch) {\n");
        text.append("    int64 begin = blockIdx.x * stretch;\n");
        text.append("    int64 end = begin + stretch < rows * columns ? begin + stretch : rows * columns;\n");
        text.append("    double sum = 0.0;\n");
        text.append("    for (int64 i = begin + threadIdx.x; i < end; i += blockDim.x) {\n");
        compute(text, "i / columns", "i % columns");
        text.append("        sum += ")
                .append(value(expression.results().get(0)))
                .append(";\n    }\n");
        text.append("    sum = block_sum(sum);\n");
        return source("sum", text.append("    if (threadIdx.x == 0) { partial[blockIdx.x] = sum; }\n}\n"));
    }

    /** A kernel {@code sum_columns}, a block for each row: the inputs, the sums, rows and columns. */
    KernelSource sumColumns() {
        StringBuilder text = begin("sum_columns");
        text.append("float* sums, int64 rows, int64 columns) {\n");
        text.append("    for (int64 row = blockIdx.x; row < rows; row += gridDim.x) {\n");
        text.append("    double sum = 0.0;\n");
        text.append("    for (int64 column = threadIdx.x; column < columns; column += blockDim.x) {\n");
        text.append("        int64 i = row * columns + column;\n");
        compute(text, "row", "column");
        text.append("        sum += ")
                .append(value(expression.results().get(0)))
                .append(";\n    }\n");
        text.append("    sum = block_sum(sum);\n");
        return source("sum", text.append("    if (threadIdx.x == 0) { sums[row] = (float) sum; }\n    }\n}\n"));
    }

    /**
     * A kernel {@code sum_rows}, a thread for each column of a stretch of rows: the inputs, partial sums of FLOAT64, rows,
     * columns, rows of a stretch.
     */
    KernelSource sumRows() {
        StringBuilder text = begin("sum_rows");
        text.append("double* partial, int64 rows, int64 columns, int64 stretch) {\n");
        text.append("    int64 column = global_thread();\n");
        text.append("    int64 begin = blockIdx.y * stretch;\n");
        text.append("    int64 end = begin + stretch < rows ? begin + stretch : rows;\n");
        text.append("    if (column >= columns) { return; }\n");
        text.append("    double sum = 0.0;\n");
        text.append("    for (int64 row = begin; row < end; row++) {\n");
        text.append("        int64 i = row * columns + column;\n");
        compute(text, "row", "column");
        text.append("        sum += ")
                .append(value(expression.results().get(0)))
                .append(";\n    }\n");
        return source("sum", text.append("    partial[blockIdx.y * columns + column] = sum;\n}\n"));
    }

    private static KernelSource source(String name, StringBuilder text) {
        return new KernelSource(name + ".cu", text.toString(), Map.of());
    }

    private StringBuilder begin(String kernel) {
        StringBuilder text = new StringBuilder("#include \"spactor.cuh\"\n\nKERNEL " + kernel + "(");
        for (int i = 0; i < inputs.size(); i++) {
            text.append("const ").append(View.elementName(inputs.get(i).buffer().type()));
            text.append("* x").append(i).append(", ");
        }
        return text;
    }

    /** Every value as a constant of its own. */
    private void compute(StringBuilder text, String row, String column) {
        for (int i = 0; i < inputs.size(); i++) {
            define(text, i, "x" + i + "[" + place(inputs.get(i).shape(), row, column) + "]");
        }
        int next = inputs.size();
        for (double number : expression.numbers()) {
            define(text, next++, literal(number));
        }
        for (Expression.Step step : expression.steps()) {
            define(text, next++, term(step.operation(), value(step.a()), value(step.b())));
        }
    }

    private String place(long[] shape, String row, String column) {
        if (Shape.elements(shape) == rows * columns) {
            return "i";
        }
        if (Shape.elements(shape) == 1) {
            return "0";
        }
        return shape[0] == rows ? row : column;
    }

    private void define(StringBuilder text, int value, String term) {
        String type = wide ? "double" : "float";
        text.append("        ").append(type).append(' ').append(value(value));
        text.append(" = (").append(type).append(") (").append(term).append(");\n");
    }

    private static String value(int value) {
        return "v" + value;
    }

    /** To the bit; what has no digits is written as what it is the result of. */
    private static String literal(double number) {
        if (Double.isNaN(number)) {
            return "0.0 / 0.0";
        }
        return Double.isInfinite(number) ? (number > 0 ? "1.0 / 0.0" : "-1.0 / 0.0") : Double.toHexString(number);
    }

    private String term(Operation operation, String a, String b) {
        String suffix = wide ? "" : "f";
        return switch (operation) {
            case PLUS -> a + " + " + b;
            case MINUS -> a + " - " + b;
            case TIMES -> a + " * " + b;
            case DIVIDED_BY -> a + " / " + b;
            case MAXIMUM -> a + " > " + b + " || " + a + " != " + a + " ? " + a + " : " + b;
            case MINIMUM -> a + " < " + b + " || " + a + " != " + a + " ? " + a + " : " + b;
            case POWER -> "pow" + suffix + "(" + a + ", " + b + ")";
            case NEGATED -> "-" + a;
            case SQUARED -> a + " * " + a;
            case SQUARE_ROOT -> "sqrt" + suffix + "(" + a + ")";
            case ABSOLUTE -> "fabs" + suffix + "(" + a + ")";
            case SIGN -> a + " > 0 ? 1 : " + a + " < 0 ? -1 : 0";
            case EXPONENTIAL -> "exp" + suffix + "(" + a + ")";
            case LOGARITHM -> "log" + suffix + "(" + a + ")";
        };
    }
}
