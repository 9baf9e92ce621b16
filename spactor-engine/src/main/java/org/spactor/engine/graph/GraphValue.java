package org.spactor.engine.graph;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.spactor.api.graph.ElementType;
import org.spactor.api.graph.Value;
import org.spactor.engine.op.Compare;
import org.spactor.engine.op.LogSumExp;
import org.spactor.engine.op.Scale;
import org.spactor.engine.op.ToFloat;
import org.spactor.engine.plan.Relation;
import org.spactor.engine.plan.Shape;

/**
 * A variable of a SameDiff graph, with what is known of it while it is declared: type, shape, and the bounds of whole
 * numbers. SameDiff counts negative axes wrongly, so that it never sees one.
 */
final class GraphValue implements Value {
    private final ModelGraph graph;
    private final SDVariable variable;
    private final ElementType type;
    private final long[] shape;
    private final Interval interval;

    /** @param interval where the numbers lie, of INT; null of FLOAT */
    GraphValue(ModelGraph graph, SDVariable variable, ElementType type, long[] shape, Interval interval) {
        this.graph = graph;
        this.variable = variable;
        this.type = type;
        this.shape = shape;
        this.interval = interval;
    }

    ModelGraph graph() {
        return graph;
    }

    SDVariable variable() {
        return variable;
    }

    Interval interval() {
        return interval;
    }

    /** The shape itself, which nobody changes. */
    long[] sides() {
        return shape;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public long size(int axis) {
        return shape[axis(declare("size"), axis)];
    }

    @Override
    public Value add(Value other) {
        return stretched("add", other, SDVariable::add);
    }

    @Override
    public Value add(double number) {
        return withNumber("add", number, SDVariable::add);
    }

    @Override
    public Value sub(Value other) {
        return stretched("sub", other, SDVariable::sub);
    }

    @Override
    public Value sub(double number) {
        return withNumber("sub", number, SDVariable::sub);
    }

    @Override
    public Value mul(Value other) {
        return stretched("mul", other, SDVariable::mul);
    }

    @Override
    public Value mul(double number) {
        Declaration declaration = declare("mul").floats();
        requireFinite(declaration, number);
        return declaration.engine(new Scale(sameDiff(), variable, number));
    }

    @Override
    public Value div(Value other) {
        return stretched("div", other, SDVariable::div);
    }

    @Override
    public Value div(double number) {
        declare("div").require(number != 0, "the number to divide by is 0");
        return withNumber("div", number, SDVariable::div);
    }

    @Override
    public Value neg() {
        Declaration declaration = declare("neg").floats();
        return declaration.stock(sameDiff().math().neg(variable), shape);
    }

    @Override
    public Value exp() {
        Declaration declaration = declare("exp").floats();
        return declaration.stock(sameDiff().math().exp(variable), shape);
    }

    @Override
    public Value log() {
        Declaration declaration = declare("log").floats();
        return declaration.stock(sameDiff().math().log(variable), shape);
    }

    @Override
    public Value sqrt() {
        return log().mul(0.5).exp();
    }

    @Override
    public Value abs() {
        Declaration declaration = declare("abs").floats();
        return declaration.stock(sameDiff().math().abs(variable), shape);
    }

    @Override
    public Value tanh() {
        Declaration declaration = declare("tanh").floats();
        return declaration.stock(sameDiff().math().tanh(variable), shape);
    }

    @Override
    public Value sigmoid() {
        Declaration declaration = declare("sigmoid").floats();
        return declaration.stock(sameDiff().nn().sigmoid(variable), shape);
    }

    @Override
    public Value sin() {
        Declaration declaration = declare("sin").floats();
        return declaration.stock(sameDiff().math().sin(variable), shape);
    }

    @Override
    public Value cos() {
        Declaration declaration = declare("cos").floats();
        return declaration.stock(sameDiff().math().cos(variable), shape);
    }

    @Override
    public Value eq(Value other) {
        return compared("eq", other, Relation.EQUAL);
    }

    @Override
    public Value eq(double number) {
        return compared("eq", number, Relation.EQUAL);
    }

    @Override
    public Value ne(Value other) {
        return compared("ne", other, Relation.DIFFERENT);
    }

    @Override
    public Value ne(double number) {
        return compared("ne", number, Relation.DIFFERENT);
    }

    @Override
    public Value lt(Value other) {
        return compared("lt", other, Relation.LESS);
    }

    @Override
    public Value lt(double number) {
        return compared("lt", number, Relation.LESS);
    }

    @Override
    public Value gt(Value other) {
        return compared("gt", other, Relation.GREATER);
    }

    @Override
    public Value gt(double number) {
        return compared("gt", number, Relation.GREATER);
    }

    @Override
    public Value toFloat() {
        return type == ElementType.FLOAT ? this : declare("toFloat").engine(new ToFloat(sameDiff(), variable));
    }

    @Override
    public Value sum() {
        Declaration declaration = declare("sum").floats();
        return shape.length == 0 ? this : declaration.stock(variable.sum());
    }

    @Override
    public Value sum(int... axes) {
        Declaration declaration = declare("sum").floats();
        int[] positive = axes(declaration, axes);
        return declaration.stock(variable.sum(positive), without(positive));
    }

    @Override
    public Value mean() {
        Declaration declaration = declare("mean").floats();
        return shape.length == 0 ? this : declaration.stock(variable.mean());
    }

    @Override
    public Value mean(int... axes) {
        Declaration declaration = declare("mean").floats();
        int[] positive = axes(declaration, axes);
        return declaration.stock(variable.mean(positive), without(positive));
    }

    @Override
    public Value max(int axis) {
        Declaration declaration = declare("max").floats();
        int[] positive = axes(declaration, axis);
        return declaration.stock(variable.max(positive), without(positive));
    }

    @Override
    public Value softmax() {
        Declaration declaration = declare("softmax").floats();
        int last = axis(declaration, -1);
        return declaration.stock(sameDiff().nn().softmax(variable, last), shape);
    }

    @Override
    public Value logSumExp() {
        return declare("logSumExp").floats().engine(new LogSumExp(sameDiff(), variable));
    }

    @Override
    public Value matmul(Value other) {
        Declaration declaration = declare("matmul", other).floats();
        long[] right = declaration.shape(1);
        int batch = shape.length - 2;
        declaration.require(
                shape.length >= 2 && right.length == shape.length,
                "both operands must have as many axes, at least 2 ([..., m, k] and [..., k, n])");
        declaration.require(
                Arrays.equals(shape, 0, batch, right, 0, batch) && shape[batch + 1] == right[batch],
                "[..., m, k] and [..., k, n] must have the same leading axes and the same k");
        long[] product = Shape.withColumns(shape, right[batch + 1]);
        return declaration.stock(variable.mmul(declaration.variable(1)), product);
    }

    @Override
    public Value reshape(long... sides) {
        Declaration declaration = declare("reshape");
        long[] changed = withFreeSide(declaration, sides);
        return declaration.moved(variable.reshape(changed), interval, changed);
    }

    private long[] withFreeSide(Declaration declaration, long[] sides) {
        long[] changed = sides.clone();
        String wanted = Arrays.toString(sides);
        int free = -1;
        long known = 1;
        for (int axis = 0; axis < changed.length; axis++) {
            declaration.require(
                    changed[axis] >= 1 || changed[axis] == -1, wanted + " is no shape: lengths are at least 1");
            if (changed[axis] == -1) {
                declaration.require(free < 0, wanted + " leaves more than one length open");
                free = axis;
            } else {
                known *= changed[axis];
            }
        }
        long elements = Shape.elements(shape);
        if (free >= 0 && elements % known == 0) {
            changed[free] = elements / known;
        }
        declaration.require(
                free >= 0 ? elements % known == 0 : known == elements,
                wanted + " has another number of elements than its operand");
        return changed;
    }

    @Override
    public Value permute(int... axes) {
        Declaration declaration = declare("permute");
        int[] positive = axes(declaration, axes);
        declaration.require(
                positive.length == shape.length,
                Arrays.toString(axes) + " does not name every one of the " + shape.length + " axes");
        long[] permuted = Arrays.stream(positive).mapToLong(axis -> shape[axis]).toArray();
        return declaration.moved(variable.permute(positive), interval, permuted);
    }

    @Override
    public Value transpose() {
        declare("transpose").require(shape.length >= 2, "it must have two axes at least");
        int[] axes = new int[shape.length];
        for (int axis = 0; axis < axes.length; axis++) {
            axes[axis] = axis;
        }
        axes[axes.length - 2] = axes.length - 1;
        axes[axes.length - 1] = axes.length - 2;
        return permute(axes);
    }

    @Override
    public Value expand(int axis) {
        Declaration declaration = declare("expand");
        int place = axis < 0 ? axis + shape.length + 1 : axis;
        declaration.require(
                place >= 0 && place <= shape.length, "there is no place " + axis + " between or beside its axes");
        long[] expanded = LongStream.concat(
                        LongStream.concat(Arrays.stream(shape, 0, place), LongStream.of(1)),
                        Arrays.stream(shape, place, shape.length))
                .toArray();
        return declaration.moved(sameDiff().expandDims(variable, place), interval, expanded);
    }

    @Override
    public Value squeeze(int axis) {
        Declaration declaration = declare("squeeze");
        int positive = axis(declaration, axis);
        declaration.require(shape[positive] == 1, "axis " + axis + " is not of length 1");
        return declaration.moved(sameDiff().squeeze(variable, positive), interval, without(positive));
    }

    @Override
    public Value slice(int axis, long from, long to) {
        Declaration declaration = declare("slice");
        int positive = axis(declaration, axis);
        declaration.require(
                0 <= from && from < to && to <= shape[positive],
                "[" + from + ", " + to + ") is no part of axis " + axis + ", which has length " + shape[positive]);
        long[] first = new long[shape.length];
        long[] end = shape.clone();
        long[] step = new long[shape.length];
        Arrays.fill(step, 1);
        first[positive] = from;
        end[positive] = to;
        long[] cut = shape.clone();
        cut[positive] = to - from;
        return declaration.moved(sameDiff().stridedSlice(variable, first, end, step), interval, cut);
    }

    private SameDiff sameDiff() {
        return graph.sameDiff();
    }

    private Declaration declare(String operation) {
        return new Declaration(graph, operation, this);
    }

    private Declaration declare(String operation, Value other) {
        return new Declaration(graph, operation, this, other);
    }

    /** Arithmetic on two operands that are stretched to each other. */
    private Value stretched(String operation, Value other, Arithmetic arithmetic) {
        Declaration declaration = declare(operation, other).floats();
        long[] result;
        try {
            result = Shape.broadcast(shape, declaration.shape(1));
        } catch (IllegalArgumentException e) {
            throw declaration.misfit("its operands cannot be stretched to each other");
        }
        return declaration.stock(arithmetic.apply(variable, declaration.variable(1)), result);
    }

    /** What SameDiff does with two variables. */
    @FunctionalInterface
    private interface Arithmetic {
        SDVariable apply(SDVariable left, SDVariable right);
    }

    private Value withNumber(String operation, double number, ArithmeticWithNumber arithmetic) {
        Declaration declaration = declare(operation).floats();
        requireFinite(declaration, number);
        return declaration.stock(arithmetic.apply(variable, number), shape);
    }

    /** What SameDiff does with a variable and a number. */
    @FunctionalInterface
    private interface ArithmeticWithNumber {
        SDVariable apply(SDVariable left, double right);
    }

    private static void requireFinite(Declaration declaration, double number) {
        declaration.require(Double.isFinite((float) number), number + " is no finite number of 32 bits");
    }

    private Value compared(String operation, Value other, Relation relation) {
        Declaration declaration = declare(operation, other);
        declaration.require(
                declaration.operand(1).type() == type, "its operands are of different types (Value.toFloat)");
        return declaration.engine(
                new Compare(sameDiff(), variable, declaration.variable(1), relation), Interval.ANSWERS);
    }

    private Value compared(String operation, double number, Relation relation) {
        Declaration declaration = declare(operation);
        boolean fits = type == ElementType.FLOAT ? !Double.isNaN(number) : number == (int) number;
        declaration.require(
                fits,
                type == ElementType.FLOAT
                        ? "nothing can be compared with NaN"
                        : number + " is no whole number of 32 bits (Value.toFloat compares with others)");
        return declaration.engine(new Compare(sameDiff(), variable, number, relation), Interval.ANSWERS);
    }

    private int axis(Declaration declaration, int axis) {
        int positive = axis < 0 ? axis + shape.length : axis;
        declaration.require(
                positive >= 0 && positive < shape.length,
                shape.length == 0 ? "a single number has no axes" : "there is no axis " + axis);
        return positive;
    }

    private int[] axes(Declaration declaration, int... axes) {
        declaration.require(axes.length > 0, "no axis is named");
        int[] positive = new int[axes.length];
        boolean[] named = new boolean[shape.length];
        for (int i = 0; i < axes.length; i++) {
            positive[i] = axis(declaration, axes[i]);
            declaration.require(!named[positive[i]], "axis " + axes[i] + " is named twice");
            named[positive[i]] = true;
        }
        return positive;
    }

    private long[] without(int... axes) {
        long[] rest = new long[shape.length - axes.length];
        int next = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            int current = axis;
            if (Arrays.stream(axes).noneMatch(gone -> gone == current)) {
                rest[next++] = shape[axis];
            }
        }
        return rest;
    }

    @Override
    public String toString() {
        return Arrays.toString(shape) + " " + type;
    }
}
