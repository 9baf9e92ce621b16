package org.spactor.cuda.kernel;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.plan.Instruction;

/** Which kernel does which kind of instruction. */
public final class Kernels {
    private final Map<String, Kernel> byKind;

    private Kernels(Map<String, Kernel> byKind) {
        this.byKind = Collections.unmodifiableMap(byKind);
    }

    /** All that there are. */
    public static Kernels standard() {
        Map<String, Kernel> kernels = new HashMap<>();
        new MovementKernels().addTo(kernels);
        new StepKernels().addTo(kernels);
        new LinearKernels().addTo(kernels);
        new AttentionKernels().addTo(kernels);
        new FusedAttentionKernels().addTo(kernels);
        new ElementKernels().addTo(kernels);
        new LossKernels().addTo(kernels);
        new MapKernels().addTo(kernels);
        new NormKernels().addTo(kernels);
        new PositionKernels().addTo(kernels);
        new TokenKernels().addTo(kernels);
        new StockKernels().addTo(kernels);
        new StockMovementKernels().addTo(kernels);
        new StockProductKernels().addTo(kernels);
        return new Kernels(kernels);
    }

    /** The kinds for which there is a kernel. */
    public Set<String> kinds() {
        return byKind.keySet();
    }

    /**
     * Prepares an instruction.
     *
     * @throws IllegalArgumentException if there is no kernel of its kind
     */
    public Kernel.Work prepare(Instruction instruction, ProgramMemory memory) {
        Kernel kernel = byKind.get(instruction.kind());
        if (kernel == null) {
            throw new IllegalArgumentException("no kernel for " + instruction);
        }
        return kernel.prepare(instruction, memory);
    }
}
