package org.spactor.engine.reference;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;

/** A plan on any backend of the engine, as the tests of kernels run it. */
public final class ProgramRunner implements PlanRunner {
    private final Map<String, DeviceTensor> parameters = new HashMap<>();
    private final Map<String, ElementType> inputTypes = new HashMap<>();
    private final Program program;

    /** Prepares a plan for one thread. */
    public ProgramRunner(org.spactor.engine.backend.Backend backend, Plan plan) {
        this(backend, plan, 1);
    }

    /** Prepares a plan for several threads. */
    public ProgramRunner(org.spactor.engine.backend.Backend backend, Plan plan, int threads) {
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter parameter) {
                parameters.put(parameter.name(), backend.allocate(buffer.type(), buffer.elements()));
            } else if (buffer.storage() instanceof Buffer.Storage.Input input) {
                inputTypes.put(input.name(), buffer.type());
            }
        }
        this.program = backend.prepare(plan, parameters, threads);
    }

    @Override
    public void setParameter(String name, double[] values) {
        DeviceTensor parameter = parameters.get(name);
        if (parameter != null) {
            parameter.write(0, FloatBuffer.wrap(narrow(values)));
        }
    }

    @Override
    public void setInput(String name, double[] values) {
        program.setInput(name, narrow(values));
    }

    @Override
    public void setNumber(String name, double value) {
        program.setNumber(name, value);
    }

    private static float[] narrow(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    @Override
    public void setInput(String name, long[] values) {
        if (inputTypes.get(name) == ElementType.INT64) {
            program.setInput(name, values[0]);
            return;
        }
        int[] narrow = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (int) values[i];
        }
        program.setInput(name, narrow);
    }

    @Override
    public void run() {
        program.run();
    }

    /** Executes the plan once, adding the gradients to those of the run before if so said. */
    public void run(boolean accumulates) {
        program.run(accumulates);
    }

    @Override
    public double[] result(String name) {
        return program.numbers(name);
    }
}
