package org.spactor.engine.nd4j;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Instruction;

/** Which kernel does which kind of instruction. */
final class Kernels {
    private static final String STOCK = "stock:";

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
                "copy",
                (instruction, memory) ->
                        NativeOperation.copy(memory.array(instruction.input(0)), memory.array(instruction.output(0))));
        kernels.put(
                "to-bfloat16",
                (instruction, memory) -> products.round(
                        memory.array(instruction.input(0)), memory.array(instruction.output(0)), memory));
        kernels.put("accumulate", Kernels::accumulate);
        new StepKernels().addTo(kernels);
        new LinearKernels(products).addTo(kernels);
        new PortableAttention(products).addTo(kernels);
        new NormKernels(products).addTo(kernels);
        new ElementKernels().addTo(kernels);
        new TokenKernels().addTo(kernels);
        new LossKernels().addTo(kernels);
        new PositionKernels().addTo(kernels);
        new DetectionKernels().addTo(kernels);
        kernels.put("rotary-positions", new RotaryKernel());
        kernels.put("sample-categorical", new SamplingKernel());
        return kernels;
    }

    /** Prepares an instruction. */
    Step prepare(Instruction instruction, Nd4jMemory memory) {
        Kernel kernel = byKind.get(instruction.kind());
        if (kernel != null) {
            return kernel.prepare(instruction, memory);
        }
        if (instruction.kind().startsWith(STOCK)) {
            return stock(instruction, memory);
        }
        throw new IllegalArgumentException("no kernel for " + instruction);
    }

    private static Step accumulate(Instruction instruction, Nd4jMemory memory) {
        INDArray x = memory.array(instruction.input(0));
        INDArray total = memory.array(instruction.output(0));
        return Step.either(
                memory::accumulating, NativeOperation.binary("add", total, x, total), NativeOperation.copy(x, total));
    }

    /** One of ND4J's own operations, as it is. */
    static Step stock(Instruction instruction, Nd4jMemory memory) {
        NativeOperation operation = NativeOperation.named(instruction.kind().substring(STOCK.length()));
        Attributes attributes = instruction.attributes();
        if (!attributes.values().isEmpty()) {
            operation
                    .integers(attributes.integers("integers"))
                    .reals(attributes.reals("reals"))
                    .flags(asFlags(attributes.integers("flags")));
        }
        INDArray[] inputs = instruction.inputs().stream().map(memory::array).toArray(INDArray[]::new);
        INDArray[] outputs = instruction.outputs().stream().map(memory::array).toArray(INDArray[]::new);
        return operation.prepare(inputs, outputs);
    }

    private static boolean[] asFlags(long[] numbers) {
        boolean[] flags = new boolean[numbers.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = numbers[i] != 0;
        }
        return flags;
    }
}
