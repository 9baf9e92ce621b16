package org.spactor.engine.reference;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.optimizer.UpdateCompiler;
import org.spactor.engine.optimizer.UpdateDeclaration;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.PlanBuilder;

/** The update of one parameter, declared by an optimizer and run by a backend, as in training. */
public final class UpdateRunner {
    private final DeviceTensor parameter;
    private final DeviceTensor gradient;
    private final Map<String, DeviceTensor> slots = new LinkedHashMap<>();
    private final Backend backend;
    private final String name;
    private final long[] shape;
    private Program program;

    /** A parameter of zeros. */
    public UpdateRunner(Backend backend, Optimizer optimizer, String name, long... shape) {
        this.backend = backend;
        this.name = name;
        this.shape = shape.clone();
        this.parameter = backend.allocate(ElementType.FLOAT32, shape);
        this.gradient = backend.allocate(ElementType.FLOAT32, shape);
        UpdateDeclaration declaration = UpdateDeclaration.of(optimizer, name, shape);
        declaration.slots().forEach((slot, sides) -> slots.put(slot, backend.allocate(ElementType.FLOAT32, sides)));
        prepare(declaration);
    }

    /** Asks an optimizer for its declaration again; parameter and slots stay as they are. */
    public void declareAnew(Optimizer optimizer) {
        prepare(UpdateDeclaration.of(optimizer, name, shape));
    }

    private void prepare(UpdateDeclaration declaration) {
        PlanBuilder builder = new PlanBuilder();
        UpdateCompiler.add(declaration, builder);
        Map<String, DeviceTensor> tensors = new HashMap<>();
        tensors.put(UpdateCompiler.parameterOf(name), parameter);
        tensors.put(UpdateCompiler.gradientOf(name), gradient);
        slots.forEach((slot, tensor) -> tensors.put(UpdateCompiler.slotOf(name, slot), tensor));
        this.program = backend.prepare(builder.build(), tensors);
    }

    /** Gives the parameter. */
    public void setParameter(float... values) {
        parameter.write(0, FloatBuffer.wrap(values));
    }

    /** Gives the gradient of the next update. */
    public void setGradient(float... values) {
        gradient.write(0, FloatBuffer.wrap(values));
    }

    /**
     * Makes a step.
     *
     * @param step number of the step, from 1
     * @param gradientScale what the gradient is multiplied by first
     */
    public void update(long step, double learningRate, double gradientScale) {
        program.setNumber(UpdateDeclaration.LEARNING_RATE, learningRate);
        program.setNumber(UpdateDeclaration.STEP, step);
        program.setNumber(UpdateDeclaration.GRADIENT_SCALE, gradientScale);
        program.run();
    }

    /** The parameter as it is now. */
    public float[] parameter() {
        return parameter.floats();
    }

    /** The gradient as it is now. */
    public float[] gradient() {
        return gradient.floats();
    }

    /** What is remembered, by name. */
    public Map<String, float[]> slots() {
        Map<String, float[]> values = new LinkedHashMap<>();
        slots.forEach((slot, tensor) -> values.put(slot, tensor.floats()));
        return values;
    }
}
