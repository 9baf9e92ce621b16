package org.spactor.cuda.emulator;

import org.junit.jupiter.api.Assumptions;
import org.spactor.cuda.CudaBackend;

/** A backend on an emulated card, for tests; they are skipped on a machine that cannot play one. */
public final class EmulatedCard {
    private EmulatedCard() {}

    /** A card of its own. */
    public static CudaBackend open() {
        Assumptions.assumeTrue(
                EmulatedDevice.isPlayedHere(),
                "the emulated card needs Linux and a C++ compiler (g++, or the one that CXX names)");
        return new CudaBackend(EmulatedDevice.create());
    }
}
