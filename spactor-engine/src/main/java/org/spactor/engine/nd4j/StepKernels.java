package org.spactor.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.spactor.engine.backend.Shares;
import org.spactor.engine.backend.Sums;
import org.spactor.engine.nd4j.host.HostFloats;
import org.spactor.engine.nd4j.host.Slice;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;

/** What a step of training does between gradients and optimizer. */
final class StepKernels {
    /** Parts of a tensor are multiples of so many elements: a cache line of float32. */
    private static final int UNIT = 16;

    void addTo(Map<String, Kernel> kernels) {
        kernels.put(Kinds.ADD_ALL, StepKernels::addAll);
        kernels.put(Kinds.SUMS_OF_SQUARES, StepKernels::sumsOfSquares);
    }

    /** Every thread adds its part of every tensor. */
    private static Step addAll(Instruction instruction, Nd4jMemory memory) {
        int terms = instruction.inputs().size() / instruction.outputs().size();
        List<Step> sums = new ArrayList<>();
        for (int i = 0; i < instruction.outputs().size(); i++) {
            List<INDArray> added = instruction.inputs().subList(i * terms + 1, (i + 1) * terms).stream()
                    .map(memory::array)
                    .toList();
            sums.add(add(memory.array(instruction.output(i)), added, memory.threads()));
        }
        return Step.together(sums);
    }

    private static Step add(INDArray sum, List<INDArray> terms, int threads) {
        // elsewhere than on a CPU the host's elements are a copy, which only one may write back
        List<Slice> slices = Slice.of(sum.length(), Nd4j.getEnvironment().isCPU() ? threads : 1, UNIT);
        Step[] parts = new Step[slices.size()];
        for (int i = 0; i < parts.length; i++) {
            Slice slice = slices.get(i);
            parts[i] = () -> {
                HostFloats host = HostFloats.of(sum);
                FloatBuffer target = host.elements().slice(slice.from(), slice.length());
                for (INDArray term : terms) {
                    Sums.add(target, HostFloats.read(term).slice(slice.from(), slice.length()));
                }
                host.commit();
            };
        }
        return Step.parts(parts);
    }

    /** A tensor is summed up by one thread, so that the sum does not depend on how many there are. */
    private static Step sumsOfSquares(Instruction instruction, Nd4jMemory memory) {
        INDArray sums = memory.array(instruction.output(0));
        List<Long> elements =
                instruction.inputs().stream().map(Operand::elements).toList();
        List<List<Integer>> shares = Shares.of(elements, memory.threads());
        Step[] parts = new Step[shares.size()];
        for (int i = 0; i < parts.length; i++) {
            List<Integer> share = shares.get(i);
            List<INDArray> arrays = share.stream()
                    .map(index -> memory.array(instruction.input(index)))
                    .toList();
            parts[i] = () -> {
                for (int j = 0; j < arrays.size(); j++) {
                    sums.putScalar(share.get(j), Sums.ofSquares(HostFloats.read(arrays.get(j))));
                }
            };
        }
        return Step.parts(parts);
    }
}
