package org.spactor.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.BlockLoops;
import org.spactor.engine.nd4j.host.HostFloats;
import org.spactor.engine.nd4j.host.MapLoop;
import org.spactor.engine.nd4j.host.MapLoop.Form;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Expression;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Shape;

/** Expressions of elements, and sums of them, on the host. */
final class MapKernels {
    private final BlockLoops loops = new BlockLoops();

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.MAP, this::map);
        kernels.put(Kinds.MAP_SUM, this::sum);
    }

    private Step map(Instruction instruction, Nd4jMemory memory) {
        return instruction.output(0).buffer().type() == ElementType.FLOAT64
                ? numbers(instruction, memory)
                : elements(instruction, memory);
    }

    /** Numbers in double precision. */
    private static Step numbers(Instruction instruction, Nd4jMemory memory) {
        Expression expression = Expression.of(instruction);
        List<INDArray> inputs = arrays(instruction.inputs(), memory);
        List<INDArray> outputs = arrays(instruction.outputs(), memory);
        double[] values = new double[inputs.size()];
        return () -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = inputs.get(i).getDouble(0);
            }
            double[] computed = expression.evaluate(values);
            for (int i = 0; i < outputs.size(); i++) {
                outputs.get(i).putScalar(0, computed[expression.results().get(i)]);
            }
        };
    }

    private Step elements(Instruction instruction, Nd4jMemory memory) {
        Expression expression = Expression.of(instruction);
        long[] shape = instruction.output(0).shape();
        List<INDArray> inputs = arrays(instruction.inputs(), memory);
        List<INDArray> outputs = arrays(instruction.outputs(), memory);
        return () -> {
            List<HostFloats> targets = outputs.stream().map(HostFloats::of).toList();
            MapLoop loop = loop(expression, instruction, shape[0], shape[1], inputs);
            loop.run((row, column, place, length) -> {
                for (int i = 0; i < targets.size(); i++) {
                    targets.get(i).elements().put(place, loop.result(i), 0, length);
                }
            });
            targets.forEach(HostFloats::commit);
        };
    }

    private Step sum(Instruction instruction, Nd4jMemory memory) {
        Expression expression = Expression.of(instruction);
        long rows = instruction.attributes().integer("rows");
        long columns = instruction.attributes().integer("columns");
        long over = instruction.attributes().integer("over");
        List<INDArray> inputs = arrays(instruction.inputs(), memory);
        INDArray output = memory.array(instruction.output(0));
        return () -> {
            MapLoop loop = loop(expression, instruction, rows, columns, inputs);
            double[] sums = new double[Math.toIntExact(output.length())];
            loop.run((row, column, place, length) -> {
                float[] terms = loop.result(0);
                if (over == Kinds.OVER_ALL) {
                    sums[0] += sum(terms, 0, length);
                } else if (over == Kinds.OVER_COLUMNS) {
                    addByRow(terms, place, length, columns, sums);
                } else {
                    addByColumn(terms, place, length, columns, sums);
                }
            });
            for (int i = 0; i < sums.length; i++) {
                output.putScalar(i, sums[i]);
            }
        };
    }

    private static void addByRow(float[] terms, int place, int length, long columns, double[] sums) {
        int at = 0;
        while (at < length) {
            int row = (int) ((place + at) / columns);
            int end = (int) Math.min(length, (row + 1) * columns - place);
            sums[row] += sum(terms, at, end);
            at = end;
        }
    }

    private static void addByColumn(float[] terms, int place, int length, long columns, double[] sums) {
        int at = 0;
        while (at < length) {
            int column = (int) ((place + at) % columns);
            int count = (int) Math.min(length - at, columns - column);
            for (int i = 0; i < count; i++) {
                sums[column + i] += terms[at + i];
            }
            at += count;
        }
    }

    /** In an order that depends on the number of terms alone; several running sums, which do not wait for each other. */
    private static double sum(float[] terms, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int whole = from + (to - from) / 4 * 4;
        for (int i = from; i < whole; i += 4) {
            s0 += terms[i];
            s1 += terms[i + 1];
            s2 += terms[i + 2];
            s3 += terms[i + 3];
        }
        double sum = (s0 + s1) + (s2 + s3);
        for (int i = whole; i < to; i++) {
            sum += terms[i];
        }
        return sum;
    }

    private static List<INDArray> arrays(List<Operand> operands, Nd4jMemory memory) {
        return operands.stream().map(memory::array).toList();
    }

    private MapLoop loop(
            Expression expression, Instruction instruction, long rows, long columns, List<INDArray> arrays) {
        List<MapLoop.Input> inputs = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            Operand operand = instruction.input(i);
            INDArray array = arrays.get(i);
            FloatBuffer elements = operand.buffer().type() == ElementType.FLOAT32
                    ? HostFloats.read(array)
                    : FloatBuffer.wrap(new float[] {(float) array.getDouble(0)});
            inputs.add(new MapLoop.Input(form(operand.shape(), rows, columns), elements));
        }
        return new MapLoop(expression, rows, columns, inputs, loops);
    }

    private static Form form(long[] shape, long rows, long columns) {
        if (Shape.elements(shape) == rows * columns) {
            return Form.ALL;
        }
        if (Shape.elements(shape) == 1) {
            return Form.ONE;
        }
        return shape[0] == rows ? Form.COLUMN : Form.ROW;
    }
}
