package org.spactor.cuda;

import java.io.IOException;
import java.nio.file.Path;
import org.spactor.cuda.emulator.EmulatedDevice;
import org.spactor.engine.saved.SavedTraining;

/** A program that trains on the emulated card with plans from a folder, where there is no ND4J. */
public final class EmulatedTraining {
    private EmulatedTraining() {}

    /** Takes the folder. */
    public static void main(String[] arguments) throws IOException {
        SavedTraining.print(Path.of(arguments[0]), new CudaBackend(EmulatedDevice.create()));
    }
}
