package org.spactor.engine.saved;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.OperandNames;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Shape;

/**
 * A plan from JSON, checked as far as memory goes: backends read and write where a plan says without looking at it again,
 * so that no operand may reach out of its buffer and no buffer out of its arena. What is wrong is an
 * {@link IllegalArgumentException} that says what and where.
 */
final class PlanReader {
    private static final Set<String> KINDS = kinds();

    private final JsonInput json;
    private final Map<ElementType, Long> arenas = new EnumMap<>(ElementType.class);
    private final List<Buffer> buffers = new ArrayList<>();

    PlanReader(JsonInput json) {
        this.json = json;
    }

    private static Set<String> kinds() {
        Set<String> kinds = new HashSet<>(Kinds.executed());
        kinds.addAll(Kinds.onRequest());
        return kinds;
    }

    /** Reads an object that is a plan; may be called once. */
    Plan read() throws IOException {
        json.beginObject();
        json.field(PlanFields.ARENAS);
        json.beginObject();
        while (json.hasMore()) {
            ElementType type = type(json.name());
            arenas.put(type, length());
        }
        json.endObject();
        json.field(PlanFields.BUFFERS);
        json.beginList();
        while (json.hasMore()) {
            buffers.add(buffer());
        }
        json.endList();
        List<Instruction> instructions = new ArrayList<>();
        json.field(PlanFields.INSTRUCTIONS);
        json.beginList();
        while (json.hasMore()) {
            instructions.add(instruction());
        }
        json.endList();
        Map<String, Operand> results = new LinkedHashMap<>();
        json.field(PlanFields.RESULTS);
        json.beginObject();
        while (json.hasMore()) {
            String name = json.name();
            results.put(name, operand());
        }
        json.endObject();
        json.endObject();
        return new Plan(buffers, instructions, arenas, results);
    }

    private ElementType type(String name) {
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("there is no element type '" + name + "'" + json.where());
    }

    private long length() throws IOException {
        long length = json.whole();
        if (length < 0) {
            throw new IllegalArgumentException("a length is " + length + json.where());
        }
        return length;
    }

    private Buffer buffer() throws IOException {
        json.beginObject();
        json.field(PlanFields.NAME);
        String name = json.text();
        json.field(PlanFields.TYPE);
        ElementType type = type(json.text());
        json.field(PlanFields.ELEMENTS);
        long elements = length();
        json.field(PlanFields.STORAGE);
        Buffer.Storage storage = storage(name, type, elements);
        json.endObject();
        return new Buffer(buffers.size(), name, type, elements, storage);
    }

    private Buffer.Storage storage(String buffer, ElementType type, long elements) throws IOException {
        json.beginObject();
        String what = json.name();
        Buffer.Storage storage = switch (what) {
            case PlanFields.PARAMETER -> new Buffer.Storage.Parameter(json.text());
            case PlanFields.INPUT -> new Buffer.Storage.Input(json.text());
            case PlanFields.CONSTANT -> constant(buffer, elements);
            case PlanFields.RESULT -> new Buffer.Storage.Result(json.text());
            case PlanFields.ARENA -> arena(buffer, type, elements);
            default -> throw new IllegalArgumentException("there is no storage '" + what + "'" + json.where());
        };
        json.endObject();
        return storage;
    }

    private Buffer.Storage constant(String buffer, long elements) throws IOException {
        double[] values = json.reals();
        if (values.length != elements) {
            throw new IllegalArgumentException("the constant '" + buffer + "' of " + elements + " elements has "
                    + values.length + " values" + json.where());
        }
        return new Buffer.Storage.Constant(values);
    }

    private Buffer.Storage arena(String buffer, ElementType type, long elements) throws IOException {
        long offset = length();
        long available = arenas.getOrDefault(type, 0L);
        if (offset > available || elements > available - offset) {
            throw new IllegalArgumentException("the buffer '" + buffer + "' of " + elements + " elements from " + offset
                    + " on reaches out of the " + available + " elements of the arena of " + type + json.where());
        }
        return new Buffer.Storage.Arena(offset);
    }

    private Instruction instruction() throws IOException {
        json.beginObject();
        json.field(PlanFields.KIND);
        String kind = json.text();
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException("there is no kind of instruction '" + kind + "'" + json.where());
        }
        json.field(PlanFields.NAME);
        String name = json.text();
        json.field(PlanFields.INPUTS);
        List<Operand> inputs = operands();
        json.field(PlanFields.OUTPUTS);
        List<Operand> outputs = operands();
        json.field(PlanFields.ATTRIBUTES);
        Attributes attributes = attributes();
        json.field(PlanFields.FLOPS);
        long flops = length();
        json.field(PlanFields.INPUT_NAMES);
        List<String> inputNames = List.copyOf(json.names());
        json.field(PlanFields.OUTPUT_NAMES);
        List<String> outputNames = List.copyOf(json.names());
        json.endObject();
        OperandNames names = new OperandNames(inputNames, outputNames);
        return new Instruction(kind, name, inputs, outputs, attributes, flops, names);
    }

    private List<Operand> operands() throws IOException {
        List<Operand> operands = new ArrayList<>();
        json.beginList();
        while (json.hasMore()) {
            operands.add(operand());
        }
        json.endList();
        return operands;
    }

    private Operand operand() throws IOException {
        json.beginObject();
        json.field(PlanFields.BUFFER);
        long id = json.whole();
        if (id < 0 || id >= buffers.size()) {
            throw new IllegalArgumentException("there is no buffer " + id + " among " + buffers.size() + json.where());
        }
        json.field(PlanFields.SHAPE);
        long[] shape = json.wholes();
        json.field(PlanFields.STRIDES);
        long[] strides = json.wholes();
        Operand operand = new Operand(buffers.get((int) id), shape, strides);
        requireWithin(operand);
        json.endObject();
        return operand;
    }

    /** Every element of a view has to be one of its buffer's. */
    private void requireWithin(Operand operand) {
        long elements = operand.buffer().elements();
        if (!isWithin(operand.shape(), operand.strides(), elements)) {
            throw new IllegalArgumentException("a view of shape " + Arrays.toString(operand.shape()) + " and strides "
                    + Arrays.toString(operand.strides()) + " reaches out of the " + elements + " elements of '"
                    + operand.buffer().name() + "'" + json.where());
        }
    }

    private static boolean isWithin(long[] shape, long[] strides, long elements) {
        boolean isView = shape.length == strides.length
                && LongStream.of(shape).allMatch(side -> side >= 0)
                && LongStream.of(strides).allMatch(stride -> stride >= 0);
        if (!isView) {
            return false;
        }
        try {
            long last = 0;
            for (int i = 0; i < shape.length; i++) {
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[i] - 1), strides[i]));
            }
            return Shape.elements(shape) == 0 || last < elements;
        } catch (ArithmeticException e) {
            return false; // more than there are numbers
        }
    }

    private Attributes attributes() throws IOException {
        Map<String, Object> values = new TreeMap<>();
        json.beginObject();
        while (json.hasMore()) {
            values.put(json.name(), attribute());
        }
        json.endObject();
        return new Attributes(values);
    }

    private Object attribute() throws IOException {
        json.beginObject();
        String type = json.name();
        Object value = switch (type) {
            case PlanFields.INTEGER -> json.whole();
            case PlanFields.REAL -> json.real();
            case PlanFields.FLAG -> json.flag();
            case PlanFields.INTEGERS -> json.wholes();
            case PlanFields.REALS -> json.reals();
            default ->
                throw new IllegalArgumentException("there is no type of attribute '" + type + "'" + json.where());
        };
        json.endObject();
        return value;
    }
}
