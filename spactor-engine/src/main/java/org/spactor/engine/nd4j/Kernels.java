package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Kinds;

/** Which kernel does which kind of instruction. */
final class Kernels {
    private final Map<String, Kernel> byKind;

    private Kernels(Map<String, Kernel> byKind) {
        this.byKind = Collections.unmodifiableMap(byKind);
    }

    /** Kernels composed of ND4J's operations, which run on every device. */
    static Kernels portable(MatrixProducts library) {
        return new Kernels(all(new Products(library)));
    }

    /** Kernels for a CPU: one pass in Java where ND4J needs several. */
    static Kernels forCpu(MatrixProducts library, SoftmaxRows rows) {
        Map<String, Kernel> kernels = all(new Products(library));
        new CpuKernels().addTo(kernels);
        new CpuAttention(library, rows).addTo(kernels);
        return new Kernels(kernels);
    }

    private static Map<String, Kernel> all(Products products) {
        Map<String, Kernel> kernels = new HashMap<>();
        kernels.put(
                Kinds.COPY,
                (instruction, memory) ->
                        NativeOperation.copy(memory.array(instruction.input(0)), memory.array(instruction.output(0))));
        kernels.put(Kinds.TO_BFLOAT16, (instruction, memory) -> {
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < instruction.inputs().size(); i++) {
                steps.add(products.round(
                        memory.array(instruction.input(i)), memory.array(instruction.output(i)), memory));
            }
            return Step.together(steps);
        });
        kernels.put(Kinds.ACCUMULATE, Kernels::accumulate);
        new StepKernels().addTo(kernels);
        new MapKernels().addTo(kernels);
        new LinearKernels(products).addTo(kernels);
        new PortableAttention(products).addTo(kernels);
        new NormKernels(products).addTo(kernels);
        new ElementKernels().addTo(kernels);
        new TokenKernels().addTo(kernels);
        new LossKernels().addTo(kernels);
        new PositionKernels().addTo(kernels);
        new DetectionKernels().addTo(kernels);
        kernels.put(Kinds.ROTARY_POSITIONS, new RotaryKernel());
        kernels.put(Kinds.SAMPLE_CATEGORICAL, new SamplingKernel());
        new StockKernels().addTo(kernels);
        return kernels;
    }

    /** The kinds for which there is a kernel. */
    Set<String> kinds() {
        return byKind.keySet();
    }

    /** Prepares an instruction. */
    Step prepare(Instruction instruction, Nd4jMemory memory) {
        Kernel kernel = byKind.get(instruction.kind());
        if (kernel == null) {
            throw new IllegalArgumentException("no kernel for " + instruction);
        }
        return kernel.prepare(instruction, memory);
    }

    private static Step accumulate(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.array(instruction.input(0));
        INDArray total = memory.array(instruction.output(0));
        return Step.either(
                memory::accumulating, NativeOperation.binary("add", total, x, total), NativeOperation.copy(x, total));
    }
}
