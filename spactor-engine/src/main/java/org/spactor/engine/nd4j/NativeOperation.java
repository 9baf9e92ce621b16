package org.spactor.engine.nd4j;

import java.util.Map;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.GELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.GELUDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A native operation of ND4J with its settings, to be prepared on operands. Executing a prepared operation again costs
 * one or two microseconds; shapes, types and memory were settled when it was prepared.
 */
final class NativeOperation {
    /** Operations on one operand that ND4J knows only in its older form. */
    private static final Map<String, BiFunction<INDArray, INDArray, Op>> TRANSFORMS = Map.ofEntries(
            Map.entry("abs", Abs::new),
            Map.entry("cos", Cos::new),
            Map.entry("exp", Exp::new),
            Map.entry("gelu", GELU::new),
            Map.entry("_geluderivative", GELUDerivative::new),
            Map.entry("log", Log::new),
            Map.entry("neg", Negative::new),
            Map.entry("rsqrt", RSqrt::new),
            Map.entry("sigmoid", Sigmoid::new),
            Map.entry("sign", Sign::new),
            Map.entry("sin", Sin::new),
            Map.entry("sqrt", Sqrt::new),
            Map.entry("tanh", Tanh::new));

    private final String name;
    private long[] integers = {};
    private double[] reals = {};
    private boolean[] flags = {};
    private boolean inPlace;

    private NativeOperation(String name) {
        this.name = name;
    }

    static NativeOperation named(String name) {
        return new NativeOperation(name);
    }

    NativeOperation integers(long... values) {
        integers = values.clone();
        return this;
    }

    NativeOperation reals(double... values) {
        reals = values.clone();
        return this;
    }

    NativeOperation flags(boolean... values) {
        flags = values.clone();
        return this;
    }

    /** The operation changes its first operand, which is also its output. */
    NativeOperation inPlace() {
        inPlace = true;
        return this;
    }

    /** Prepares the operation on its operands. */
    Step prepare(INDArray[] inputs, INDArray... outputs) {
        if (TRANSFORMS.containsKey(name)) {
            Op transform = TRANSFORMS.get(name).apply(inputs[0], outputs[0]);
            OpExecutioner executioner = Nd4j.getExecutioner();
            return () -> executioner.exec(transform);
        }
        DynamicCustomOp operation = DynamicCustomOp.builder(name).build();
        OpContext context = Nd4j.getExecutioner().buildContext();
        context.setArgs(inputs, integers, new DataType[0], reals, flags);
        context.setOutputArrays(outputs);
        if (inPlace) {
            context.markInplace(true);
        }
        OpExecutioner executioner = Nd4j.getExecutioner();
        return () -> executioner.exec(operation, context);
    }

    /** Prepares an operation without settings on one operand. */
    static Step unary(String name, INDArray x, INDArray z) {
        return named(name).prepare(new INDArray[] {x}, z);
    }

    /** Prepares an operation without settings on two operands, stretched to each other where they differ. */
    static Step binary(String name, INDArray x, INDArray y, INDArray z) {
        return named(name).prepare(new INDArray[] {x, y}, z);
    }

    /** Prepares the reduction of an axis that stays as a side of length 1. */
    static Step reduce(String name, INDArray x, int axis, INDArray z) {
        return named(name).integers(axis).flags(true).prepare(new INDArray[] {x}, z);
    }

    /** Prepares the reduction of all axes to a single number. */
    static Step reduceAll(String name, INDArray x, INDArray z) {
        return named(name).flags(false).prepare(new INDArray[] {x}, z);
    }

    /** Prepares copying, whatever the strides. */
    static Step copy(INDArray from, INDArray to) {
        return named("assign").prepare(new INDArray[] {to, from}, to);
    }

    /** Prepares copying, or nothing if both are the same memory. */
    static Step copyUnlessSame(INDArray from, INDArray to) {
        boolean same = from.data().addressPointer().address()
                == to.data().addressPointer().address();
        return same ? () -> {} : copy(from, to);
    }

    /** Prepares filling with zeros. */
    static Step zero(INDArray array) {
        INDArray flat = array.reshape(array.length());
        INDArray nothing = Nd4j.scalar(array.dataType(), 0);
        return named("assign").prepare(new INDArray[] {flat, nothing}, flat);
    }
}
