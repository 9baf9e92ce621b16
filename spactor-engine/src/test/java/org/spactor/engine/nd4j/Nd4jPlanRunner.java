package org.spactor.engine.nd4j;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.reference.PlanRunner;

/** A plan on the ND4J backend, as the tests of kernels run it. */
public final class Nd4jPlanRunner implements PlanRunner {
    private final Map<String, Nd4jTensor> parameters = new HashMap<>();
    private final Map<String, ElementType> inputTypes = new HashMap<>();
    private final Program program;

    /** Prepares a plan for one thread. */
    public Nd4jPlanRunner(Nd4jBackend backend, Plan plan) {
        this(backend, plan, 1);
    }

    /** Prepares a plan for several threads. */
    public Nd4jPlanRunner(Nd4jBackend backend, Plan plan, int threads) {
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter parameter) {
                DataType type = Nd4jMemory.dataType(buffer.type());
                INDArray array = Nd4j.create(type, buffer.elements());
                parameters.put(parameter.name(), new Nd4jTensor(array, buffer.type()));
            } else if (buffer.storage() instanceof Buffer.Storage.Input input) {
                inputTypes.put(input.name(), buffer.type());
            }
        }
        this.program = backend.prepare(plan, parameters, threads);
    }

    @Override
    public void setParameter(String name, double[] values) {
        Nd4jTensor parameter = parameters.get(name);
        if (parameter != null) {
            parameter.array().data().setData(values);
        }
    }

    @Override
    public void setInput(String name, double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        program.setInput(name, narrow);
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
