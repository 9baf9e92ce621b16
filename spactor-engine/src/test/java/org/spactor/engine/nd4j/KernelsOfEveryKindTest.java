package org.spactor.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spactor.engine.op.EngineOps;
import org.spactor.engine.plan.Kinds;

/** The list of kinds is the whole of what a backend has to do. */
class KernelsOfEveryKindTest {
    @Test
    void portableBackendHasAKernelOfEveryKind() {
        assertThat(Kernels.portable(new Nd4jProducts()).kinds()).containsExactlyInAnyOrderElementsOf(Kinds.executed());
    }

    @Test
    void backendForACpuHasAKernelOfEveryKind() {
        assertThat(Kernels.forCpu(new OpenBlasProducts(), new HostSoftmaxRows()).kinds())
                .containsExactlyInAnyOrderElementsOf(Kinds.executed());
    }

    @Test
    void referenceBackendHasAKernelOfEveryKind() {
        List<String> all = new ArrayList<>(Kinds.executed());
        all.addAll(Kinds.onRequest());

        assertThat(org.spactor.engine.reference.Kernels.standard().byKind().keySet())
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void kindsOfOperationsAreListed() {
        List<String> listed = new ArrayList<>(Kinds.executed());
        listed.addAll(Kinds.views());

        assertThat(listed).doesNotHaveDuplicates().containsAll(EngineOps.kinds());
    }
}
