package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.dnnl.primitive;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Shape;

/** The memory of one instance of a plan as ND4J arrays: arenas, inputs, constants, results, and the kernels' scratch. */
final class Nd4jMemory implements AutoCloseable {
    private final Map<String, INDArray> parameters;
    private final int threads;
    private boolean accumulating;
    private final Map<ElementType, DataBuffer> arenas = new EnumMap<>(ElementType.class);
    private final Map<Buffer.Storage, INDArray> owned = new HashMap<>();
    private final Map<String, INDArray> inputs = new HashMap<>();
    private final Map<DataType, DataBuffer> scratch = new EnumMap<>(DataType.class);
    private final List<DataBuffer> blocks = new ArrayList<>();
    private final List<OneDnnStep> closed = new ArrayList<>();
    private final Map<Object, primitive> primitives = new HashMap<>();

    /**
     * The memory of an instance.
     *
     * @param parameters the arrays of the parameters by name, shared by all instances
     * @param threads how many threads work on the instance
     */
    Nd4jMemory(Plan plan, Map<String, INDArray> parameters, int threads) {
        this.parameters = parameters;
        this.threads = threads;
        plan.arenas()
                .forEach((type, elements) ->
                        arenas.put(type, Nd4j.createBuffer(dataType(type), Math.max(1, elements), true)));
    }

    /** Whether the run adds its gradients to those of the run before. */
    boolean accumulating() {
        return accumulating;
    }

    /** Says so, before a run. */
    void setAccumulating(boolean accumulates) {
        this.accumulating = accumulates;
    }

    /** Into how many parts a kernel may cut its work. */
    int threads() {
        return threads;
    }

    /** An operand as an array. */
    INDArray array(Operand operand) {
        Buffer buffer = operand.buffer();
        if (buffer.storage() instanceof Buffer.Storage.Arena arena) {
            DataBuffer block = Nd4j.createBuffer(arenas.get(buffer.type()), arena.offset(), buffer.elements());
            return view(block, operand);
        }
        return view(whole(buffer).data(), operand);
    }

    /** An operand as a matrix: all sides but the last are rows. */
    INDArray matrix(Operand operand) {
        return array(operand).reshape(Shape.rows(operand.shape()), Shape.columns(operand.shape()));
    }

    /** An operand as a vector. */
    INDArray vector(Operand operand) {
        return array(operand).reshape(operand.elements());
    }

    /** An input's array. */
    INDArray input(String name) {
        return inputs.get(name);
    }

    /** A number. */
    INDArray scalar(double value) {
        return Nd4j.scalar(DataType.FLOAT, value);
    }

    /**
     * Arrays of float32 for the use of one kernel, which every other kernel overwrites.
     *
     * @param shapes shape of each array
     */
    INDArray[] scratch(long[]... shapes) {
        return scratch(DataType.FLOAT, shapes);
    }

    /**
     * Arrays for the use of one kernel, which every other kernel that takes some of this type overwrites.
     *
     * @param shapes shape of each array
     */
    INDArray[] scratch(DataType type, long[]... shapes) {
        long needed = 0;
        for (long[] shape : shapes) {
            needed += aligned(Shape.elements(shape));
        }
        DataBuffer block = scratch.get(type);
        if (block == null || needed > block.length()) {
            // earlier kernels keep the smaller block they were prepared on
            block = Nd4j.createBuffer(type, needed, true);
            scratch.put(type, block);
            blocks.add(block);
        }
        INDArray[] arrays = new INDArray[shapes.length];
        long offset = 0;
        for (int i = 0; i < shapes.length; i++) {
            long elements = Shape.elements(shapes[i]);
            arrays[i] = Nd4j.create(Nd4j.createBuffer(block, offset, elements), shapes[i]);
            offset += aligned(elements);
        }
        return arrays;
    }

    /** A primitive that several steps share, made if there is none with this key yet. */
    primitive primitive(Object key, Supplier<primitive> factory) {
        return primitives.computeIfAbsent(key, k -> factory.get());
    }

    /** Closes a step together with this memory. */
    Step closing(OneDnnStep step) {
        closed.add(step);
        return step;
    }

    static DataType dataType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> DataType.FLOAT;
            case FLOAT64 -> DataType.DOUBLE;
            case BFLOAT16 -> DataType.BFLOAT16;
            case INT32 -> DataType.INT;
            case INT64 -> DataType.LONG;
        };
    }

    private INDArray whole(Buffer buffer) {
        if (buffer.storage() instanceof Buffer.Storage.Parameter parameter) {
            INDArray array = parameters.get(parameter.name());
            if (array == null) {
                throw new IllegalArgumentException("no array for the parameter '" + parameter.name() + "'");
            }
            return array;
        }
        INDArray array = owned.computeIfAbsent(buffer.storage(), storage -> create(buffer));
        if (buffer.storage() instanceof Buffer.Storage.Input input) {
            inputs.put(input.name(), array);
        }
        return array;
    }

    private static INDArray create(Buffer buffer) {
        DataType type = dataType(buffer.type());
        if (buffer.storage() instanceof Buffer.Storage.Constant constant) {
            return Nd4j.create(constant.values(), new long[] {buffer.elements()}, type);
        }
        return Nd4j.zeros(type, buffer.elements());
    }

    private static INDArray view(DataBuffer data, Operand operand) {
        return Nd4j.create(
                data,
                operand.shape(),
                operand.strides(),
                0,
                'c',
                dataType(operand.buffer().type()));
    }

    private static long aligned(long elements) {
        return (elements + 15) / 16 * 16;
    }

    @Override
    public void close() {
        closed.forEach(OneDnnStep::close);
        primitives.values().forEach(primitive::close);
        arenas.values().forEach(DataBuffer::close);
        owned.values().forEach(INDArray::close);
        blocks.forEach(DataBuffer::close);
    }
}
