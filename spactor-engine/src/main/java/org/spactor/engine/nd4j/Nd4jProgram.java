package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Profile;

/** An instance of a plan on ND4J: its own memory, and prepared steps for every instruction. */
final class Nd4jProgram implements Program {
    private final Plan plan;
    private final Nd4jMemory memory;
    private final Team team;
    private final Map<String, Nd4jTensor> results = new LinkedHashMap<>();
    /** Number of the instruction that each piece of work belongs to. */
    private final int[] instructions;

    private final long[] nanoseconds;
    private long lastTime;
    private long runs;

    Nd4jProgram(Plan plan, Kernels kernels, Map<String, INDArray> parameters, int threads) {
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
        plan.results()
                .forEach((name, operand) -> results.put(
                        name,
                        new Nd4jTensor(memory.array(operand), operand.buffer().type())));
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public void setInput(String name, int[] values) {
        INDArray input = memory.input(name);
        if (input != null) {
            requireLength(name, input, values.length);
            input.data().setData(values);
        }
    }

    @Override
    public void setInput(String name, long value) {
        INDArray input = memory.input(name);
        if (input != null) {
            requireLength(name, input, 1);
            input.data().put(0, value);
        }
    }

    @Override
    public void setNumber(String name, double value) {
        INDArray input = memory.input(name);
        if (input != null) {
            requireLength(name, input, 1);
            input.data().put(0, value);
        }
    }

    @Override
    public void setInput(String name, float... values) {
        INDArray input = memory.input(name);
        if (input != null) {
            requireLength(name, input, values.length);
            input.data().setData(values);
        }
    }

    @Override
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

    @Override
    public void addTimesTo(Profile profile) {
        for (int i = 0; i < nanoseconds.length; i++) {
            Instruction instruction = plan.instructions().get(i);
            profile.add(instruction.kind(), runs, nanoseconds[i], runs * instruction.flops());
        }
        Arrays.fill(nanoseconds, 0);
        runs = 0;
    }

    @Override
    public Nd4jTensor result(String name) {
        Nd4jTensor result = results.get(name);
        if (result == null) {
            throw new IllegalArgumentException("the plan has no result '" + name + "'; it has " + results.keySet());
        }
        return result;
    }

    @Override
    public double[] numbers(String name) {
        return result(name).array().dup('c').data().asDouble();
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
