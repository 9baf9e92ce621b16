package org.spactor.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a plan together, instruction by instruction, that works on tensors which others own and leaves results. */
public final class PlanBuilder {
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<String, Operand> shared = new LinkedHashMap<>();
    private final Map<String, Operand> results = new LinkedHashMap<>();

    /** A tensor that the plan shares with others, by the name under which a backend gets it. */
    public Operand shared(String name, ElementType type, long... shape) {
        return shared.computeIfAbsent(name, n -> operand(n, type, shape, new Buffer.Storage.Parameter(n)));
    }

    /** A tensor that is kept after a run, for the caller to read. */
    public Operand result(String name, ElementType type, long... shape) {
        return results.computeIfAbsent(name, n -> operand(n, type, shape, new Buffer.Storage.Result(n)));
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
        return new Plan(buffers, instructions, Map.of(), results);
    }
}
