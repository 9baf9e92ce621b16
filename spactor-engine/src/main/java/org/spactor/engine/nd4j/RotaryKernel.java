package org.spactor.engine.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.nd4j.host.HostFloats;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.RotaryAngles;

/** Turns pairs of elements by an angle that grows with their place in the sequence; one pass, on the host. */
final class RotaryKernel implements Kernel {
    @Override
    public Step prepare(Instruction instruction, Nd4jMemory memory) {
        long[] shape = instruction.input("x").shape();
        int length = Math.toIntExact(shape[1]);
        int width = Math.toIntExact(shape[2]);
        int headWidth = width / instruction.attributes().number("heads");
        double base = instruction.attributes().real("base");
        int direction = instruction.attributes().number("direction");
        float[] cosines = new float[length * headWidth / 2];
        float[] sines = new float[cosines.length];
        for (int place = 0; place < length; place++) {
            for (int pair = 0; pair < headWidth / 2; pair++) {
                double angle = direction * place * RotaryAngles.angle(pair, headWidth, base);
                cosines[place * headWidth / 2 + pair] = (float) Math.cos(angle);
                sines[place * headWidth / 2 + pair] = (float) Math.sin(angle);
            }
        }
        INDArray x = memory.vector(instruction.input("x"));
        INDArray y = memory.vector(instruction.output("y"));
        return () -> {
            FloatBuffer from = HostFloats.read(x);
            HostFloats to = HostFloats.of(y);
            turn(from, to.elements(), new Table(cosines, sines, headWidth / 2, width));
            to.commit();
        };
    }

    private static void turn(FloatBuffer from, FloatBuffer to, Table table) {
        int half = table.half;
        int places = table.cosines.length / half;
        for (int start = 0; start < from.limit(); start += 2 * half) {
            int angles = start / table.width % places * half;
            for (int i = 0; i < half; i++) {
                float first = from.get(start + i);
                float second = from.get(start + half + i);
                float cosine = table.cosines[angles + i];
                float sine = table.sines[angles + i];
                to.put(start + i, first * cosine - second * sine);
                to.put(start + half + i, first * sine + second * cosine);
            }
        }
    }

    /**
     * Cosines and sines of the angles, [T, half].
     *
     * @param half pairs of a head
     * @param width elements of all heads
     */
    private record Table(float[] cosines, float[] sines, int half, int width) {}
}
