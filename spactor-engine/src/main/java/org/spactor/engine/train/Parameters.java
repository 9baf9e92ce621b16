package org.spactor.engine.train;

import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.api.graph.Initializer;
import org.spactor.api.random.CounterRandom;
import org.spactor.engine.graph.ParameterSpecification;
import org.spactor.engine.nd4j.host.HostFloats;

/** The parameters of a model: float32, row-major, shared by all plans and replicas. */
public final class Parameters {
    private final Map<String, ParameterSpecification> specifications = new LinkedHashMap<>();
    private final Map<String, INDArray> arrays = new LinkedHashMap<>();

    private Parameters(Collection<ParameterSpecification> specifications) {
        for (ParameterSpecification specification : specifications) {
            this.specifications.put(specification.name(), specification);
            arrays.put(specification.name(), Nd4j.zeros(DataType.FLOAT, specification.shape()));
        }
    }

    /** Parameters filled as they declare; the numbers depend on the seed and the parameter's name alone. */
    public static Parameters initialized(Collection<ParameterSpecification> specifications, long seed) {
        Parameters parameters = new Parameters(specifications);
        for (ParameterSpecification specification : specifications) {
            fill(parameters.array(specification.name()), specification, seed);
        }
        return parameters;
    }

    private static void fill(INDArray array, ParameterSpecification specification, long seed) {
        HostFloats host = HostFloats.of(array);
        FloatBuffer elements = host.elements();
        if (specification.initializer() instanceof Initializer.Constant constant) {
            for (int i = 0; i < elements.limit(); i++) {
                elements.put(i, (float) constant.value());
            }
        } else if (specification.initializer() instanceof Initializer.Normal normal) {
            RandomGenerator random = CounterRandom.of(seed, "parameter:" + specification.name());
            for (int i = 0; i < elements.limit(); i++) {
                elements.put(i, (float) (normal.standardDeviation() * random.nextGaussian()));
            }
        }
        host.commit();
    }

    /** What was declared, by name, in the order of declaration. */
    public Map<String, ParameterSpecification> specifications() {
        return Collections.unmodifiableMap(specifications);
    }

    /** The arrays by name. */
    public Map<String, INDArray> arrays() {
        return Collections.unmodifiableMap(arrays);
    }

    /**
     * A parameter's array.
     *
     * @throws IllegalArgumentException if there is no such parameter
     */
    public INDArray array(String name) {
        INDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("the model has no parameter '" + name + "'");
        }
        return array;
    }

    /** Number of elements of all parameters. */
    public long elements() {
        return specifications.values().stream()
                .mapToLong(ParameterSpecification::elements)
                .sum();
    }
}
