package org.spactor.engine.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a plan together, instruction by instruction, that works on tensors which others own. */
public final class PlanBuilder {
    private static final long ALIGNMENT = 16;

    private final List<Buffer> buffers = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<String, Operand> shared = new LinkedHashMap<>();
    private final Map<String, Operand> results = new LinkedHashMap<>();
    private final Map<String, Operand> inputs = new LinkedHashMap<>();
    private final Map<ElementType, Long> used = new EnumMap<>(ElementType.class);
    private final Map<ElementType, Long> arenas = new EnumMap<>(ElementType.class);

    /** A tensor that the plan shares with others, by the name under which a backend gets it. */
    public Operand shared(String name, ElementType type, long... shape) {
        return shared.computeIfAbsent(name, n -> operand(n, type, shape, new Buffer.Storage.Parameter(n)));
    }

    /** A tensor that is kept after a run, for the caller to read. */
    public Operand result(String name, ElementType type, long... shape) {
        return results.computeIfAbsent(name, n -> operand(n, type, shape, new Buffer.Storage.Result(n)));
    }

    /** A tensor that the caller fills before a run. */
    public Operand input(String name, ElementType type, long... shape) {
        return inputs.computeIfAbsent(name, n -> operand(n, type, shape, new Buffer.Storage.Input(n)));
    }

    /** A tensor for an intermediate value, until {@link #releaseTemporaries()}. */
    public Operand temporary(String name, ElementType type, long... shape) {
        long offset = used.getOrDefault(type, 0L);
        long end = offset + (Shape.elements(shape) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        used.put(type, end);
        arenas.merge(type, end, Math::max);
        return operand(name, type, shape, new Buffer.Storage.Arena(offset));
    }

    /** Says that no instruction from here on reads the temporary tensors there are, so that others take their place. */
    public void releaseTemporaries() {
        used.clear();
    }

    private Operand operand(String name, ElementType type, long[] shape, Buffer.Storage storage) {
        Buffer buffer = new Buffer(buffers.size(), name, type, Shape.elements(shape), storage);
        buffers.add(buffer);
        return Operand.contiguous(buffer, shape);
    }

    /** Adds an instruction without matrix products, behind those that are there. */
    public PlanBuilder add(
            String kind, String name, List<Operand> inputs, List<Operand> outputs, Attributes attributes) {
        instructions.add(new Instruction(kind, name, inputs, outputs, attributes, 0));
        return this;
    }

    /** The plan so far. */
    public Plan build() {
        return new Plan(buffers, instructions, arenas, results);
    }
}
