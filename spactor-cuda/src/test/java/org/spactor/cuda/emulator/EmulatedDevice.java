package org.spactor.cuda.emulator;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.KernelArguments;
import org.spactor.cuda.device.KernelSource;
import org.spactor.cuda.device.MatrixProduct;
import org.spactor.engine.plan.ElementType;

/** A card that is played on the CPU: the same kernels, compiled by a C++ compiler against {@code emulator.h}. */
public final class EmulatedDevice implements Device {
    private static final long ALIGNMENT = 256;
    private static final byte RUBBISH = (byte) 0xff;

    private final Compiler compiler;
    private final Map<KernelSource, NativeLibrary> libraries = new HashMap<>();
    private final Map<Long, Memory> allocated = new HashMap<>();
    private final Function multiply;
    private List<Runnable> recorded;

    private EmulatedDevice(Compiler compiler) {
        this.compiler = compiler;
        this.multiply = compiler.products().getFunction("multiply");
    }

    /** Whether this machine can play a card. */
    public static boolean isPlayedHere() {
        return Compiler.isInstalled();
    }

    /** A device of its own; kernels are compiled once in a process. */
    public static EmulatedDevice create() {
        return new EmulatedDevice(Compiler.shared());
    }

    @Override
    public String name() {
        return "emulated GPU";
    }

    @Override
    public String productLibrary() {
        return "plain loops";
    }

    @Override
    public long freeBytes() {
        return totalBytes();
    }

    @Override
    public long totalBytes() {
        return 1L << 32;
    }

    @Override
    public synchronized long allocate(long bytes) {
        Memory memory = new Memory(bytes + 2 * ALIGNMENT);
        long address = (Pointer.nativeValue(memory) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        new Pointer(address).setMemory(0, bytes, (byte) 0);
        // whoever reads beyond the end finds what is no number
        new Pointer(address).setMemory(bytes, ALIGNMENT, RUBBISH);
        allocated.put(address, memory);
        return address;
    }

    @Override
    public synchronized void free(long address) {
        Memory memory = allocated.remove(address);
        if (memory == null) {
            throw new IllegalArgumentException("no memory was taken at " + address + ", or it was given back");
        }
        memory.close();
    }

    @Override
    public void upload(long address, ByteBuffer bytes) {
        requireNotRecording();
        new Pointer(address).getByteBuffer(0, bytes.remaining()).put(bytes.duplicate());
    }

    @Override
    public void download(long address, ByteBuffer bytes) {
        requireNotRecording();
        bytes.duplicate().put(new Pointer(address).getByteBuffer(0, bytes.remaining()));
    }

    private synchronized void requireNotRecording() {
        if (recorded != null) {
            throw new IllegalStateException("a recording cannot move anything from or to the host");
        }
    }

    @Override
    public void copy(long from, long to, long bytes) {
        perform(() -> new Pointer(to).getByteBuffer(0, bytes).put(new Pointer(from).getByteBuffer(0, bytes)));
    }

    @Override
    public void zero(long address, long bytes) {
        perform(() -> new Pointer(address).setMemory(0, bytes, (byte) 0));
    }

    @Override
    public synchronized DeviceFunction function(KernelSource source, String name) {
        NativeLibrary library = libraries.computeIfAbsent(source, compiler::compile);
        return new EmulatedFunction(library.getFunction("launch_" + name));
    }

    @Override
    public void launch(DeviceFunction function, Grid grid, Object... arguments) {
        KernelArguments values = new KernelArguments(arguments);
        Memory dimensions = new Memory(4L * Integer.BYTES);
        dimensions.write(0, new int[] {(int) grid.x(), (int) grid.y(), (int) grid.z(), grid.threads()}, 0, 4);
        Function trampoline = ((EmulatedFunction) function).trampoline();
        perform(() -> {
            try {
                trampoline.invokeVoid(new Object[] {dimensions, grid.sharedBytes(), values.pointer()});
            } finally {
                Reference.reachabilityFence(values);
            }
        });
    }

    @Override
    public DeviceProduct prepare(MatrixProduct product) {
        long[] layout = {
            product.m(),
            product.n(),
            product.k(),
            product.left().rowStride(),
            product.right().rowStride(),
            product.result().rowStride(),
            product.left().matrixStride(),
            product.right().matrixStride(),
            product.result().matrixStride(),
            product.count()
        };
        Memory numbers = new Memory((long) layout.length * Long.BYTES);
        numbers.write(0, layout, 0, layout.length);
        int flags = (product.left().transposed() ? 1 : 0)
                | (product.right().transposed() ? 2 : 0)
                | (product.adds() ? 4 : 0)
                | (product.operands() == ElementType.BFLOAT16 ? 8 : 0)
                | (product.product() == ElementType.BFLOAT16 ? 16 : 0);
        return (left, right, addend, result) -> perform(() -> multiply.invokeVoid(new Object[] {
            numbers, flags, new Pointer(left), new Pointer(right), new Pointer(addend), new Pointer(result)
        }));
    }

    private synchronized void perform(Runnable work) {
        if (recorded != null) {
            recorded.add(work);
        } else {
            work.run();
        }
    }

    @Override
    public synchronized Recording record(Runnable work) {
        recorded = new ArrayList<>();
        try {
            work.run();
            List<Runnable> pieces = List.copyOf(recorded);
            return new Recording() {
                @Override
                public void replay() {
                    pieces.forEach(EmulatedDevice.this::perform);
                }

                @Override
                public void close() {
                    // the collector's business
                }
            };
        } finally {
            recorded = null;
        }
    }

    @Override
    public void synchronize() {
        // nothing is ever left to do
    }

    @Override
    public void close() {
        List.copyOf(allocated.keySet()).forEach(this::free);
    }

    private record EmulatedFunction(Function trampoline) implements DeviceFunction {}
}
