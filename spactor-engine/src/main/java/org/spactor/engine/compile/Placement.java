package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Shape;
import org.spactor.engine.plan.StockAttributes;

/**
 * The fifth stage, <i>place</i>: gives every value of a listing its memory. Values that are only views get none; an
 * intermediate value's memory is used again as soon as its last reader has run; an operation that may overwrite an input
 * does, where nobody reads that input afterwards.
 */
final class Placement {
    /** Instead of the last use of a value whose memory now belongs to another one. */
    private static final int TAKEN_OVER = -1;

    private final Listing listing;
    private final ResultChains chains;
    private final Map<Value, Value> roots = new HashMap<>();
    private final Map<Value, Integer> lastUse = new HashMap<>();
    private final Set<Value> kept = new HashSet<>();
    private final Set<Buffer> claimed = new HashSet<>();
    private final Map<ElementType, Arena> arenas = new EnumMap<>(ElementType.class);
    private final Map<Value, Operand> operands = new HashMap<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();

    private Placement(Listing listing) {
        this.listing = listing;
        this.chains = ResultChains.of(listing);
    }

    static Plan place(Listing listing) {
        Placement placement = new Placement(listing);
        placement.findRoots();
        placement.findLastUses();
        for (int i = 0; i < listing.nodes().size(); i++) {
            placement.placeNode(i, listing.nodes().get(i));
        }
        return placement.plan();
    }

    /** The value whose memory another one looks at. */
    private void findRoots() {
        for (Node node : listing.nodes()) {
            for (Value output : node.outputs()) {
                roots.put(
                        output,
                        node.traits().view() == Traits.View.NONE
                                ? output
                                : root(node.inputs().get(0)));
            }
        }
        listing.results().values().forEach(result -> kept.add(root(result)));
    }

    private void findLastUses() {
        for (int i = 0; i < listing.nodes().size(); i++) {
            Node node = listing.nodes().get(i);
            for (Value input : node.inputs()) {
                lastUse.put(root(input), i);
            }
            for (Value output : node.outputs()) {
                lastUse.merge(root(output), i, Math::max);
            }
        }
    }

    private void placeNode(int index, Node node) {
        switch (node.traits().view()) {
            case RESHAPE -> reshape(node);
            case PERMUTE -> permute(node);
            case NONE -> compute(index, node);
        }
        // a view's root may end its life here as well
        Set<Value> finished = new HashSet<>();
        node.inputs().forEach(input -> finished.add(root(input)));
        node.outputs().forEach(output -> finished.add(root(output)));
        for (Value value : finished) {
            if (lastUse.get(value) == index) {
                release(value);
            }
        }
    }

    private void reshape(Node node) {
        Operand source = contiguous(operand(node.inputs().get(0)), node);
        Value output = node.outputs().get(0);
        operands.put(output, new Operand(source.buffer(), output.shape(), Shape.contiguousStrides(output.shape())));
    }

    private void permute(Node node) {
        Operand source = operand(node.inputs().get(0));
        Value output = node.outputs().get(0);
        long[] permutation = node.attributes().integers(StockAttributes.PERMUTATION);
        long[] strides = new long[permutation.length];
        for (int i = 0; i < strides.length; i++) {
            strides[i] = source.strides()[(int) permutation[i]];
        }
        operands.put(output, new Operand(source.buffer(), output.shape(), strides));
    }

    private void compute(int index, Node node) {
        List<Operand> inputs = new ArrayList<>();
        for (Value input : node.inputs()) {
            Operand operand = operand(input);
            inputs.add(node.traits().readsStrides() ? operand : contiguous(operand, node));
        }
        List<Operand> outputs = new ArrayList<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            Value output = node.outputs().get(i);
            Value overwritten = overwritten(index, node, i, inputs);
            Buffer buffer = overwritten == null ? allocate(output) : takeOver(output, overwritten);
            Operand operand = Operand.contiguous(buffer, output.shape());
            operands.put(output, operand);
            outputs.add(operand);
        }
        instructions.add(new Instruction(
                node.kind(), node.name(), inputs, outputs, node.attributes(), node.flops(), node.names()));
    }

    /** The value whose memory an output may take over, or null. */
    private Value overwritten(int index, Node node, int output, List<Operand> inputs) {
        Integer input = node.traits().inPlace().get(output);
        if (input == null) {
            return null;
        }
        Value source = root(node.inputs().get(input));
        Operand operand = inputs.get(input);
        long readers = node.inputs().stream()
                .filter(value -> root(value).equals(source))
                .count();
        boolean free = lastUse.get(source) == index
                && readers == 1
                && !kept.contains(source)
                && !kept.contains(node.outputs().get(output))
                && operand.buffer().storage() instanceof Buffer.Storage.Arena
                && operand.isContiguous()
                && operand.buffer().equals(operands.get(source).buffer())
                && operand.buffer().type() == node.outputs().get(output).type()
                && operand.buffer().elements() == node.outputs().get(output).elements();
        return free ? source : null;
    }

    private Buffer takeOver(Value output, Value overwritten) {
        lastUse.put(overwritten, TAKEN_OVER);
        return add(
                output.name(),
                output.type(),
                output.elements(),
                operands.get(overwritten).buffer().storage());
    }

    private Buffer allocate(Value value) {
        Value result = kept.contains(value) ? value : chains.resultOf(value);
        return result == null
                ? addToArena(value.name(), value.type(), value.elements())
                : add(value.name(), value.type(), value.elements(), new Buffer.Storage.Result(result.name()));
    }

    private Buffer addToArena(String name, ElementType type, long elements) {
        long offset = arenas.computeIfAbsent(type, t -> new Arena()).take(elements);
        return add(name, type, elements, new Buffer.Storage.Arena(offset));
    }

    private Buffer add(String name, ElementType type, long elements, Buffer.Storage storage) {
        Buffer buffer = new Buffer(buffers.size(), name, type, elements, storage);
        buffers.add(buffer);
        return buffer;
    }

    /** The operand itself, or a copy of it whose elements lie one behind the other. */
    private Operand contiguous(Operand operand, Node reader) {
        if (operand.isContiguous()) {
            return operand;
        }
        Buffer buffer =
                addToArena(operand.buffer().name() + "/copy", operand.buffer().type(), operand.elements());
        Operand copy = Operand.contiguous(buffer, operand.shape());
        instructions.add(
                new Instruction(Kinds.COPY, reader.name(), List.of(operand), List.of(copy), Attributes.NONE, 0));
        // kept to the end: copies are rare, and tracking their readers would complicate every view
        return copy;
    }

    private void release(Value value) {
        Operand operand = operands.get(value);
        if (!kept.contains(value) && operand.buffer().storage() instanceof Buffer.Storage.Arena arena) {
            arenas.get(operand.buffer().type())
                    .release(arena.offset(), operand.buffer().elements());
        }
    }

    private Operand operand(Value value) {
        Operand known = operands.get(value);
        if (known != null) {
            return known;
        }
        Buffer.Storage storage;
        if (value.origin() instanceof Value.Origin.Parameter) {
            storage = new Buffer.Storage.Parameter(value.name());
        } else if (value.origin() instanceof Value.Origin.Input) {
            storage = new Buffer.Storage.Input(value.name());
        } else if (value.origin() instanceof Value.Origin.Constant constant) {
            storage = new Buffer.Storage.Constant(constant.values());
        } else {
            throw new IllegalStateException(value + " is read before it is computed");
        }
        Operand leaf = Operand.contiguous(add(value.name(), value.type(), value.elements(), storage), value.shape());
        operands.put(value, leaf);
        return leaf;
    }

    private Value root(Value value) {
        return roots.getOrDefault(value, value);
    }

    private Plan plan() {
        Map<String, Operand> results = new LinkedHashMap<>();
        listing.results().forEach((name, value) -> results.put(name, result(name, value)));
        Map<ElementType, Long> elements = new EnumMap<>(ElementType.class);
        arenas.forEach((type, arena) -> elements.put(type, arena.elements()));
        return new Plan(buffers, instructions, elements, results);
    }

    /**
     * A result's tensor, in memory of its own. It is copied if it is a view, because the caller reads it in row-major
     * order, and if it is the same value as another result, because the caller may sum into it.
     */
    private Operand result(String name, Value value) {
        Operand operand = operand(value);
        if (operand.isContiguous() && claimed.add(operand.buffer())) {
            return operand;
        }
        Buffer buffer = add(name, value.type(), value.elements(), new Buffer.Storage.Result(name));
        Operand copy = Operand.contiguous(buffer, value.shape());
        instructions.add(new Instruction(Kinds.COPY, name, List.of(operand), List.of(copy), Attributes.NONE, 0));
        return copy;
    }
}
