package org.spactor.api.optimizer;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apiguardian.api.API;

/**
 * One parameter with its gradient in one step. Buffers hold a tensor's elements in row-major order, from index 0 to their
 * limit; what is put into the parameter and the slots stays there.
 *
 * @param name of the parameter
 * @param shape of the parameter and the gradient
 * @param parameter its elements; changed by the optimizer
 * @param gradient its gradient; not changed
 * @param slots what the optimizer asked for, by name; changed by it
 * @param step number of the step, from 1
 * @param learningRate the optimizer's, times the schedule's factor
 * @param gradientScale what the gradient is to be multiplied by first: below 1 when it is clipped
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public record ParameterUpdate(
        String name,
        long[] shape,
        FloatBuffer parameter,
        FloatBuffer gradient,
        Map<String, FloatBuffer> slots,
        long step,
        double learningRate,
        double gradientScale) {
    /**
     * A slot's elements.
     *
     * @throws NoSuchElementException if the optimizer asked for no such slot
     */
    public FloatBuffer slot(String slot) {
        FloatBuffer elements = slots.get(slot);
        if (elements == null) {
            throw new NoSuchElementException(
                    "there is no slot '" + slot + "' for '" + name + "'; there are " + slots.keySet());
        }
        return elements;
    }
}
