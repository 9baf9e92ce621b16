package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Profile;

/** An instance of a plan, for one caller at a time: its own memory, and prepared steps for every instruction. */
public final class Nd4jExecutable implements AutoCloseable {
    private final Plan plan;
    private final Nd4jMemory memory;
    private final Team team;
    private final Map<String, INDArray> results = new LinkedHashMap<>();
    /** Number of the instruction that each piece of work belongs to. */
    private final int[] instructions;

    private final long[] nanoseconds;
    private long lastTime;
    private long runs;

    Nd4jExecutable(Plan plan, Kernels kernels, Map<String, INDArray> parameters, int threads) {
        this.plan = plan;
        this.memory = new Nd4jMemory(plan, parameters, threads);
        List<Step[]> pieces = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < plan.instructions().size(); i++) {
            kernels.prepare(plan.instructions().get(i), memory).addTo(pieces);
            while (owners.size() < pieces.size()) {
                owners.add(i);
            }
        }
        this.instructions = owners.stream().mapToInt(Integer::intValue).toArray();
        this.nanoseconds = new long[plan.instructions().size()];
        this.team = new Team(pieces.toArray(Step[][]::new), threads, this::addTime);
        plan.results().forEach((name, operand) -> results.put(name, memory.array(operand)));
    }

    /** What is executed. */
    public Plan plan() {
        return plan;
    }

    /** Sets an input of integers; does nothing if the plan has no input of this name. */
    public void setInput(String name, int[] values) {
        INDArray input = memory.input(name);
        if (input != null) {
            requireLength(name, input, values.length);
            input.data().setData(values);
        }
    }

    /** Sets an input of one long; does nothing if the plan has no input of this name. */
    public void setInput(String name, long value) {
        INDArray input = memory.input(name);
        if (input != null) {
            requireLength(name, input, 1);
            input.data().put(0, value);
        }
    }

    /** Sets an input of reals; does nothing if the plan has no input of this name. */
    public void setInput(String name, float... values) {
        INDArray input = memory.input(name);
        if (input != null) {
            requireLength(name, input, values.length);
            input.data().setData(values);
        }
    }

    /** Executes the plan on the inputs and parameters as they are now. */
    public void run() {
        run(false);
    }

    /**
     * Executes the plan.
     *
     * @param accumulates whether to add the gradients to those of the run before; the plan must be compiled for it
     */
    public void run(boolean accumulates) {
        memory.setAccumulating(accumulates);
        lastTime = System.nanoTime();
        team.run();
        runs++;
    }

    private void addTime(int piece) {
        long now = System.nanoTime();
        nanoseconds[instructions[piece]] += now - lastTime;
        lastTime = now;
    }

    /** Adds the time that every instruction took since the last call of this method, and forgets it. */
    public void addTimesTo(Profile profile) {
        for (int i = 0; i < nanoseconds.length; i++) {
            Instruction instruction = plan.instructions().get(i);
            profile.add(instruction.kind(), runs, nanoseconds[i], runs * instruction.flops());
        }
        Arrays.fill(nanoseconds, 0);
        runs = 0;
    }

    /**
     * A result, overwritten by the next run.
     *
     * @throws IllegalArgumentException if the plan has no such result
     */
    public INDArray result(String name) {
        INDArray result = results.get(name);
        if (result == null) {
            throw new IllegalArgumentException("the plan has no result '" + name + "'; it has " + results.keySet());
        }
        return result;
    }

    private static void requireLength(String name, INDArray input, int length) {
        if (input.length() != length) {
            throw new IllegalArgumentException(
                    "input '" + name + "' takes " + input.length() + " values, but got " + length);
        }
    }

    @Override
    public void close() {
        team.close();
        memory.close();
    }
}
