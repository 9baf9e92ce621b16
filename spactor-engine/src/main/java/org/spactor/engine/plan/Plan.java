package org.spactor.engine.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A computation with fixed shapes, ready for a backend: instructions in order of execution over buffers whose places are
 * decided. Plain data, without a type of any array library.
 *
 * @param buffers all memory that the instructions touch
 * @param instructions in order of execution
 * @param arenas elements of the memory that the intermediate values share, by type
 * @param results tensors kept after a run, by name
 */
public record Plan(
        List<Buffer> buffers,
        List<Instruction> instructions,
        Map<ElementType, Long> arenas,
        Map<String, Operand> results) {
    public Plan {
        buffers = List.copyOf(buffers);
        instructions = List.copyOf(instructions);
        arenas = Map.copyOf(arenas);
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }

    /** Floating-point operations of one run, in matrix products. */
    public long flops() {
        long flops = 0;
        for (Instruction instruction : instructions) {
            flops += instruction.flops();
        }
        return flops;
    }

    /** Memory of one instance, without the parameters, which instances share: arenas, inputs, constants and results. */
    public long bytes() {
        long bytes = 0;
        for (Map.Entry<ElementType, Long> arena : arenas.entrySet()) {
            bytes += arena.getValue() * arena.getKey().bytes();
        }
        Set<String> results = new HashSet<>();
        for (Buffer buffer : buffers) {
            if (buffer.storage() instanceof Buffer.Storage.Result result) {
                // a gradient that comes together from several places is one piece of memory
                bytes += results.add(result.name()) ? buffer.bytes() : 0;
            } else if (buffer.storage() instanceof Buffer.Storage.Input
                    || buffer.storage() instanceof Buffer.Storage.Constant) {
                bytes += buffer.bytes();
            }
        }
        return bytes;
    }

    /** Memory of the rounded copies of parameters that the plan reads, which instances share. */
    public long roundedParameterBytes() {
        long bytes = 0;
        for (Buffer buffer : buffers) {
            boolean copy =
                    buffer.storage() instanceof Buffer.Storage.Parameter && buffer.type() == ElementType.BFLOAT16;
            bytes += copy ? buffer.bytes() : 0;
        }
        return bytes;
    }

    /** Elements that the intermediate values would take if none shared its memory, by type. */
    public Map<ElementType, Long> elementsWithoutSharing() {
        Map<ElementType, Long> elements = new EnumMap<>(ElementType.class);
        for (Buffer buffer : buffers) {
            if (buffer.storage() instanceof Buffer.Storage.Arena) {
                elements.merge(buffer.type(), buffer.elements(), Long::sum);
            }
        }
        return elements;
    }
}
