package org.spactor.engine.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.nd4j.host.HostFloats;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.RandomNumbers;

/**
 * Draws an id for each row by walking along the cumulative softmax. The softmax is the device's; the walk is done on the
 * host, so that the random numbers and the rounding of the sum are the same everywhere.
 */
final class SamplingKernel implements Kernel {
    @Override
    public Step prepare(Instruction instruction, Nd4jMemory memory) {
        INDArray logits = memory.matrix(instruction.input("logits"));
        INDArray key = memory.vector(instruction.input("random-key"));
        INDArray ids = memory.vector(instruction.output("ids"));
        INDArray probabilities = memory.matrix(instruction.output("scratch"));
        double temperature = instruction.attributes().real("temperature");
        long salt = instruction.attributes().integer("salt");
        int[] drawn = new int[Math.toIntExact(ids.length())];
        INDArray host = Nd4j.create(DataType.INT, drawn.length);
        return Step.sequence(
                NativeOperation.binary("multiply", logits, memory.scalar(1 / temperature), probabilities),
                NativeOperation.named("softmax").integers(1).prepare(new INDArray[] {probabilities}, probabilities),
                () -> {
                    draw(probabilities, key.getLong(0), salt, drawn);
                    host.data().setData(drawn);
                },
                NativeOperation.copy(host, ids));
    }

    private static void draw(INDArray probabilities, long key, long salt, int[] drawn) {
        FloatBuffer elements = HostFloats.read(probabilities);
        int columns = probabilities.columns();
        for (int row = 0; row < drawn.length; row++) {
            int start = row * columns;
            double wanted = RandomNumbers.uniform(key, salt, row);
            double cumulative = 0;
            int id = -1;
            while (cumulative <= wanted && id < columns - 1) {
                id++;
                cumulative += elements.get(start + id);
            }
            drawn[row] = id;
        }
    }
}
