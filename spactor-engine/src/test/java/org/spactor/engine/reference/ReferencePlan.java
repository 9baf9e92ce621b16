package org.spactor.engine.reference;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;

/**
 * Executes a plan in plain loops and double precision: the judge of the fast backends and of the compiler.
 *
 * <p>It takes the plan at its word about memory: every arena is one array in which the buffers lie at their offsets,
 * views follow their strides, and an output lies in an input's place where the plan says so. Everything that the plan
 * computes is poisoned (NaN) before a run, and an instruction's outputs again right before it runs, so that a placement
 * that lets something be read before it is written, or overwritten before it is read, shows in the results.
 */
public final class ReferencePlan implements PlanRunner {
    private final Plan plan;
    private final Map<String, Memory> shared;
    private final Map<ElementType, Memory> arenas = new EnumMap<>(ElementType.class);
    private final Map<Integer, Memory> memories = new HashMap<>();
    private final Map<Buffer.Storage, Memory> results = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /** A plan with the standard kernels. */
    public ReferencePlan(Plan plan) {
        this(plan, Kernels.standard());
    }

    /**
     * A plan with other kernels.
     *
     * @throws IllegalArgumentException if a kernel is missing
     */
    public ReferencePlan(Plan plan, Kernels kernels) {
        this(plan, kernels, Map.of());
    }

    /** A plan on tensors that it shares with others, by name. */
    ReferencePlan(Plan plan, Kernels kernels, Map<String, Memory> shared) {
        this.plan = plan;
        this.shared = Map.copyOf(shared);
        plan.arenas().forEach((type, elements) -> arenas.put(type, Memory.of(type, elements)));
        for (Buffer buffer : plan.buffers()) {
            memories.put(buffer.id(), memory(buffer));
        }
        for (Instruction instruction : plan.instructions()) {
            Kernel.Call call = new Kernel.Call(
                    tensors(instruction.inputs()),
                    tensors(instruction.outputs()),
                    instruction.attributes(),
                    instruction.names());
            steps.add(new Step(kernels.get(instruction.kind()), call, instruction.adds(), poisoned(instruction)));
        }
    }

    @Override
    public void setParameter(String name, double[] values) {
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter parameter
                    && parameter.name().equals(name)) {
                whole(buffer).write(values);
            }
        }
    }

    @Override
    public void setNumber(String name, double value) {
        setInput(name, new double[] {value});
    }

    @Override
    public void setInput(String name, double[] values) {
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Input input
                    && input.name().equals(name)) {
                whole(buffer).write(values);
            }
        }
    }

    @Override
    public void setInput(String name, long[] values) {
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Input input
                    && input.name().equals(name)) {
                whole(buffer).write(values);
            }
        }
    }

    @Override
    public void run() {
        for (Buffer buffer : plan.buffers()) {
            boolean computed = buffer.storage() instanceof Buffer.Storage.Arena
                    || buffer.storage() instanceof Buffer.Storage.Result;
            if (computed) {
                whole(buffer).poison();
            }
        }
        for (Step step : steps) {
            step.run();
        }
    }

    @Override
    public double[] result(String name) {
        return resultTensor(name).reals();
    }

    /** The memory of a result. */
    Memory resultMemory(String name) {
        resultTensor(name);
        return memories.get(plan.results().get(name).buffer().id());
    }

    private Tensor resultTensor(String name) {
        Operand operand = plan.results().get(name);
        if (operand == null) {
            throw new IllegalArgumentException(
                    "no result '" + name + "' among " + plan.results().keySet());
        }
        return tensor(operand);
    }

    private Memory memory(Buffer buffer) {
        if (buffer.storage() instanceof Buffer.Storage.Arena) {
            return arenas.get(buffer.type());
        }
        if (buffer.storage() instanceof Buffer.Storage.Result) {
            // a gradient that comes together from several places is computed where it will be
            return results.computeIfAbsent(buffer.storage(), s -> Memory.of(buffer.type(), buffer.elements()));
        }
        if (buffer.storage() instanceof Buffer.Storage.Parameter parameter && shared.containsKey(parameter.name())) {
            return shared.get(parameter.name());
        }
        Memory own = Memory.of(buffer.type(), buffer.elements());
        if (buffer.storage() instanceof Buffer.Storage.Constant constant) {
            for (int i = 0; i < constant.values().length; i++) {
                own.set(i, constant.values()[i]);
            }
        }
        return own;
    }

    private List<Tensor> tensors(List<Operand> operands) {
        return operands.stream().map(this::tensor).toList();
    }

    private Tensor tensor(Operand operand) {
        return new Tensor(memories.get(operand.buffer().id()), offset(operand.buffer()), operand);
    }

    private Tensor whole(Buffer buffer) {
        return tensor(Operand.contiguous(buffer, buffer.elements()));
    }

    private static long offset(Buffer buffer) {
        return buffer.storage() instanceof Buffer.Storage.Arena arena ? arena.offset() : 0;
    }

    /** The outputs of an instruction that do not take the place of one of its inputs. */
    private List<Tensor> poisoned(Instruction instruction) {
        List<Tensor> fresh = new ArrayList<>();
        for (Operand output : instruction.outputs()) {
            List<Operand> overwritten = instruction.inputs().stream()
                    .filter(input -> samePlace(input.buffer(), output.buffer()))
                    .toList();
            overwritten.forEach(input -> requireSameLayout(instruction, input, output));
            if (overwritten.isEmpty()) {
                fresh.add(tensor(output));
            }
        }
        return fresh;
    }

    /** Element by element is how instructions work in place, so each element has to lie where its successor will. */
    private static void requireSameLayout(Instruction instruction, Operand input, Operand output) {
        if (!input.isContiguous() || input.elements() != output.elements()) {
            throw new IllegalArgumentException(
                    instruction + " overwrites " + input + ", whose elements lie in another order");
        }
    }

    private static boolean samePlace(Buffer left, Buffer right) {
        boolean isWritten = !(left.storage() instanceof Buffer.Storage.Input)
                && !(left.storage() instanceof Buffer.Storage.Constant);
        return isWritten && left.type() == right.type() && left.storage().equals(right.storage());
    }

    /** An instruction, ready to run. */
    private record Step(Kernel kernel, Kernel.Call call, boolean adds, List<Tensor> poisoned) {
        void run() {
            poisoned.forEach(Tensor::poison);
            if (adds) {
                int last = call.inputs().size() - 1;
                double[] addend = call.input(last).reals();
                kernel.execute(call);
                double[] sum = call.output(0).reals();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += addend[i];
                }
                call.output(0).write(sum);
            } else {
                kernel.execute(call);
            }
        }
    }
}
