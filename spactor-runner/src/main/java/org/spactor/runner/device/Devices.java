package org.spactor.runner.device;

import com.google.inject.Inject;
import com.google.inject.Provider;
import org.spactor.cuda.CudaBackend;
import org.spactor.cuda.device.DeviceException;
import org.spactor.cuda.driver.CudaDevice;
import org.spactor.engine.backend.Backend;
import org.spactor.runner.environment.MachineMemory;

/** Opens what {@code training.device} names. */
public final class Devices {
    private final Provider<Backend> cpu;

    /**
     * Devices of this machine.
     *
     * @param cpu makes the backend of {@code cpu}, a new one for each run
     */
    @Inject
    public Devices(Provider<Backend> cpu) {
        this.cpu = cpu;
    }

    /**
     * Opens a device; the caller closes it.
     *
     * @throws DeviceException if it is not there or cannot be used, with what to do about it
     */
    public OpenDevice open(DeviceName name) {
        return open(name, false);
    }

    /**
     * Opens a device; the caller closes it.
     *
     * @param timed whether a card's programs wait for every instruction to time it, as those of the CPU always do
     * @throws DeviceException if it is not there or cannot be used, with what to do about it
     */
    public OpenDevice open(DeviceName name, boolean timed) {
        if (name instanceof DeviceName.Cuda card) {
            return openCard(card, timed);
        }
        if (name instanceof DeviceName.Cpu) {
            return openCpu("");
        }
        try {
            return openCard(new DeviceName.Cuda(0), timed);
        } catch (DeviceException e) {
            return openCpu(", not a card: " + e.getMessage());
        }
    }

    private OpenDevice openCpu(String why) {
        Backend backend = cpu.get();
        return new OpenDevice(
                new DeviceName.Cpu(),
                backend,
                "CPU, " + backend.productLibrary() + why,
                Room.on(MachineMemory.here()),
                () -> {});
    }

    private static OpenDevice openCard(DeviceName.Cuda card, boolean timed) {
        CudaDevice device = CudaDevice.open(card.ordinal(), System.getenv());
        Backend backend = new CudaBackend(device, timed);
        Room room = Room.onCard(device.name(), device.freeBytes(), device.totalBytes());
        String description = device.name() + " (" + card + "), " + Room.gigabytes(room.bytes()) + " free, "
                + backend.productLibrary();
        return new OpenDevice(card, backend, description, room, device::close);
    }
}
