package org.spactor.engine.train;

import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.spactor.api.graph.Initializer;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.backend.Backend;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.plan.ElementType;

/** The parameters of a model: float32, row-major, shared by all plans and replicas. */
public final class Parameters implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final Map<String, ParameterSpecification> specifications = new LinkedHashMap<>();
    private final Map<String, DeviceTensor> tensors = new LinkedHashMap<>();

    private Parameters(Backend backend, Collection<ParameterSpecification> specifications) {
        for (ParameterSpecification specification : specifications) {
            this.specifications.put(specification.name(), specification);
            tensors.put(specification.name(), backend.allocate(ElementType.FLOAT32, specification.shape()));
        }
    }

    /** Parameters filled as they declare; the numbers depend on the seed and the parameter's name alone. */
    public static Parameters initialized(
            Backend backend, Collection<ParameterSpecification> specifications, long seed) {
        Parameters parameters = new Parameters(backend, specifications);
        for (ParameterSpecification specification : specifications) {
            fill(parameters.tensor(specification.name()), specification, seed);
        }
        return parameters;
    }

    private static void fill(DeviceTensor tensor, ParameterSpecification specification, long seed) {
        RandomGenerator random = CounterRandom.of(seed, "parameter:" + specification.name());
        float[] chunk = new float[(int) Math.min(CHUNK, tensor.elements())];
        for (long start = 0; start < tensor.elements(); start += CHUNK) {
            int length = (int) Math.min(CHUNK, tensor.elements() - start);
            for (int i = 0; i < length; i++) {
                chunk[i] = number(specification.initializer(), random);
            }
            tensor.write(start, FloatBuffer.wrap(chunk, 0, length));
        }
    }

    private static float number(Initializer initializer, RandomGenerator random) {
        if (initializer instanceof Initializer.Constant constant) {
            return (float) constant.value();
        }
        if (initializer instanceof Initializer.Normal normal) {
            return (float) (normal.standardDeviation() * random.nextGaussian());
        }
        throw new IllegalArgumentException("an initializer of an unknown kind: " + initializer);
    }

    /** What was declared, by name, in the order of declaration. */
    public Map<String, ParameterSpecification> specifications() {
        return Collections.unmodifiableMap(specifications);
    }

    /** The tensors by name. */
    public Map<String, DeviceTensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /**
     * A parameter's tensor.
     *
     * @throws IllegalArgumentException if there is no such parameter
     */
    public DeviceTensor tensor(String name) {
        DeviceTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the model has no parameter '" + name + "'");
        }
        return tensor;
    }

    /** Number of elements of all parameters. */
    public long elements() {
        return specifications.values().stream()
                .mapToLong(ParameterSpecification::elements)
                .sum();
    }

    @Override
    public void close() {
        tensors.values().forEach(DeviceTensor::close);
    }
}
