package org.spactor.cuda.driver;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.spactor.cuda.device.Device;
import org.spactor.cuda.device.DeviceException;
import org.spactor.cuda.device.KernelArguments;
import org.spactor.cuda.device.KernelSource;
import org.spactor.cuda.device.MatrixProduct;

/** An NVIDIA card: all work goes into one stream. */
public final class CudaDevice implements Device {
    /** The oldest compute capability there are kernels for, times ten: that of the A100. */
    public static final int OLDEST = 80;

    private static final long WORKSPACE_BYTES = 64L << 20;

    private final DriverLibrary driver;
    private final int device;
    private final Pointer context;
    private final Pointer stream;
    private final String name;
    private final int architecture;
    private final int sharedBytes;
    private final KernelCache cache;
    private final CublasLtProducts products;
    private final long workspace;
    private final Map<KernelSource, Pointer> modules = new HashMap<>();
    private boolean recording;

    private CudaDevice(DriverLibrary driver, int device, int architecture, CudaLibraries libraries, KernelCache cache) {
        this.driver = driver;
        this.device = device;
        this.architecture = architecture;
        this.cache = cache;
        CublasLtLibrary cublasLt = libraries.cublasLt();
        PointerByReference created = new PointerByReference();
        check(driver.cuDevicePrimaryCtxRetain(created, device), "cannot be used");
        this.context = created.getValue();
        enter();
        byte[] text = new byte[256];
        check(driver.cuDeviceGetName(text, text.length, device), "has no name");
        this.name = Native.toString(text, StandardCharsets.UTF_8);
        this.sharedBytes = attribute(driver, device, DriverLibrary.SHARED_BYTES_OF_A_BLOCK);
        PointerByReference opened = new PointerByReference();
        check(driver.cuStreamCreate(opened, DriverLibrary.STREAM_NON_BLOCKING), "opens no stream");
        this.stream = opened.getValue();
        this.workspace = allocate(WORKSPACE_BYTES);
        this.products = new CublasLtProducts(cublasLt, stream, workspace, WORKSPACE_BYTES);
    }

    /**
     * Opens a card of this machine.
     *
     * @param ordinal its number, from 0, as CUDA counts them
     * @throws DeviceException if there is no such card, it is too old, or something that it needs is missing
     */
    public static CudaDevice open(int ordinal, Map<String, String> environment) {
        CudaLibraries libraries = new CudaLibraries(environment);
        DriverLibrary driver = libraries.driver();
        int started = driver.cuInit(0);
        if (started != 0) {
            throw new DeviceException("NVIDIA's driver does not start (" + message(driver, started)
                    + "). Does nvidia-smi show the card?");
        }
        IntByReference count = new IntByReference();
        check(driver, driver.cuDeviceGetCount(count), "the driver", "cannot count the cards");
        if (ordinal >= count.getValue()) {
            throw new DeviceException("there is no card " + ordinal + ": the driver shows "
                    + (count.getValue() == 0 ? "none" : count.getValue() + ", counted from 0")
                    + ". Look at nvidia-smi and at CUDA_VISIBLE_DEVICES");
        }
        IntByReference device = new IntByReference();
        check(driver, driver.cuDeviceGet(device, ordinal), "the driver", "does not give card " + ordinal);
        int architecture = 10 * attribute(driver, device.getValue(), DriverLibrary.CAPABILITY_MAJOR)
                + attribute(driver, device.getValue(), DriverLibrary.CAPABILITY_MINOR);
        if (architecture < OLDEST) {
            throw new DeviceException("card " + ordinal + " is too old: its compute capability is " + architecture / 10
                    + "." + architecture % 10 + ", and " + OLDEST / 10 + "." + OLDEST % 10
                    + " (A100, GeForce RTX 30) or newer is needed");
        }
        KernelCompiler compiler = new KernelCompiler(libraries.nvrtc());
        KernelCache cache = new KernelCache(KernelCache.folderOfMachine(environment), compiler);
        return new CudaDevice(driver, device.getValue(), architecture, libraries, cache);
    }

    private static int attribute(DriverLibrary driver, int device, int attribute) {
        IntByReference value = new IntByReference();
        check(driver, driver.cuDeviceGetAttribute(value, attribute, device), "the driver", "does not know the card");
        return value.getValue();
    }

    @Override
    public String name() {
        return name;
    }

    /** Compute capability times ten. */
    public int architecture() {
        return architecture;
    }

    @Override
    public String productLibrary() {
        return products.name();
    }

    @Override
    public long freeBytes() {
        return memory()[0];
    }

    @Override
    public long totalBytes() {
        return memory()[1];
    }

    private synchronized long[] memory() {
        enter();
        LongByReference free = new LongByReference();
        LongByReference total = new LongByReference();
        check(driver.cuMemGetInfo_v2(free, total), "does not say how much memory it has");
        return new long[] {free.getValue(), total.getValue()};
    }

    @Override
    public synchronized long allocate(long bytes) {
        enter();
        LongByReference address = new LongByReference();
        int result = driver.cuMemAlloc_v2(address, Math.max(1, bytes));
        if (result != 0) {
            throw new DeviceException(String.format(
                    Locale.ROOT,
                    "%s has no room for %,d more bytes: %,d of %,d are free (%s). Take smaller micro-batches"
                            + " (training.accumulation), or training.recompute=blocks",
                    name,
                    bytes,
                    freeBytes(),
                    totalBytes(),
                    message(driver, result)));
        }
        check(driver.cuMemsetD8Async(address.getValue(), (byte) 0, bytes, stream), "does not clear memory");
        return address.getValue();
    }

    @Override
    public synchronized void free(long address) {
        enter();
        check(driver.cuStreamSynchronize(stream), "failed in what it was asked to do before");
        check(driver.cuMemFree_v2(address), "does not take memory back");
    }

    @Override
    public synchronized void upload(long address, ByteBuffer bytes) {
        enter();
        requireNotRecording();
        check(driver.cuMemcpyHtoDAsync_v2(address, pointer(bytes), bytes.remaining(), stream), "takes no data");
    }

    @Override
    public synchronized void download(long address, ByteBuffer bytes) {
        enter();
        requireNotRecording();
        check(driver.cuMemcpyDtoHAsync_v2(pointer(bytes), address, bytes.remaining(), stream), "gives no data");
        check(driver.cuStreamSynchronize(stream), "failed in what it was asked to do before");
    }

    private static Pointer pointer(ByteBuffer bytes) {
        if (!bytes.isDirect()) {
            throw new IllegalArgumentException("a buffer on the heap");
        }
        return Native.getDirectBufferPointer(bytes.duplicate().clear()).share(bytes.position());
    }

    private void requireNotRecording() {
        if (recording) {
            throw new IllegalStateException("a recording cannot move anything from or to the host");
        }
    }

    @Override
    public synchronized void copy(long from, long to, long bytes) {
        enter();
        check(driver.cuMemcpyDtoDAsync_v2(to, from, bytes, stream), "does not copy");
    }

    @Override
    public synchronized void zero(long address, long bytes) {
        enter();
        check(driver.cuMemsetD8Async(address, (byte) 0, bytes, stream), "does not clear memory");
    }

    @Override
    public synchronized DeviceFunction function(KernelSource source, String function) {
        enter();
        Pointer module = modules.computeIfAbsent(source, this::load);
        PointerByReference found = new PointerByReference();
        check(driver.cuModuleGetFunction(found, module, function), "finds no " + function + " in " + source.name());
        IntByReference own = new IntByReference();
        check(
                driver.cuFuncGetAttribute(own, DriverLibrary.FUNCTION_SHARED_BYTES, found.getValue()),
                "does not know " + function);
        // above what every kernel gets, memory has to be asked for: all that the kernel's own leaves
        check(
                driver.cuFuncSetAttribute(
                        found.getValue(), DriverLibrary.FUNCTION_DYNAMIC_SHARED_BYTES, sharedBytes - own.getValue()),
                "gives " + function + " no shared memory");
        return new Function(function, found.getValue());
    }

    private Pointer load(KernelSource source) {
        byte[] image = cache.image(source, architecture);
        Memory memory = new Memory(image.length + 1L);
        memory.write(0, image, 0, image.length);
        memory.setByte(image.length, (byte) 0);
        PointerByReference module = new PointerByReference();
        check(driver.cuModuleLoadData(module, memory), "does not load " + source.name());
        return module.getValue();
    }

    @Override
    public synchronized void launch(DeviceFunction function, Grid grid, Object... arguments) {
        enter();
        KernelArguments values = new KernelArguments(arguments);
        Function kernel = (Function) function;
        try {
            int result = driver.cuLaunchKernel(
                    kernel.pointer(),
                    (int) grid.x(),
                    (int) grid.y(),
                    (int) grid.z(),
                    grid.threads(),
                    1,
                    1,
                    grid.sharedBytes(),
                    stream,
                    values.pointer(),
                    Pointer.NULL);
            check(result, "does not start " + kernel.name() + " with " + grid);
        } finally {
            // its memory is what the pointers point to
            Reference.reachabilityFence(values);
        }
    }

    @Override
    public synchronized DeviceProduct prepare(MatrixProduct product) {
        enter();
        DeviceProduct prepared = products.prepare(product);
        return (left, right, addend, result) -> {
            synchronized (this) {
                enter();
                prepared.enqueue(left, right, addend, result);
            }
        };
    }

    @Override
    public synchronized Recording record(Runnable work) {
        enter();
        check(driver.cuStreamBeginCapture_v2(stream, DriverLibrary.CAPTURE_RELAXED), "records nothing");
        recording = true;
        PointerByReference graph = new PointerByReference();
        try {
            work.run();
        } finally {
            recording = false;
            check(driver.cuStreamEndCapture(stream, graph), "could not record what it was asked to do");
        }
        PointerByReference executable = new PointerByReference();
        check(driver.cuGraphInstantiateWithFlags(executable, graph.getValue(), 0), "cannot prepare a recording");
        check(driver.cuGraphDestroy(graph.getValue()), "cannot forget a recording");
        return new Graph(executable.getValue());
    }

    @Override
    public synchronized void synchronize() {
        enter();
        check(driver.cuStreamSynchronize(stream), "failed in what it was asked to do");
    }

    /** Makes the card the one that the calling thread speaks to. */
    private void enter() {
        check(driver.cuCtxSetCurrent(context), "cannot be used");
    }

    private void check(int result, String what) {
        check(driver, result, name == null ? "card " + device : name, what);
    }

    private static void check(DriverLibrary driver, int result, String who, String what) {
        if (result != 0) {
            throw new DeviceException(who + " " + what + " (" + message(driver, result) + ")");
        }
    }

    private static String message(DriverLibrary driver, int result) {
        PointerByReference text = new PointerByReference();
        return driver.cuGetErrorString(result, text) == 0 ? text.getValue().getString(0) : "error " + result;
    }

    @Override
    public synchronized void close() {
        enter();
        products.close();
        modules.values().forEach(driver::cuModuleUnload);
        driver.cuMemFree_v2(workspace);
        driver.cuStreamDestroy_v2(stream);
        driver.cuDevicePrimaryCtxRelease_v2(device);
    }

    private record Function(String name, Pointer pointer) implements DeviceFunction {}

    /** A CUDA graph. */
    private final class Graph implements Recording {
        private final Pointer executable;

        Graph(Pointer executable) {
            this.executable = executable;
        }

        @Override
        public void replay() {
            synchronized (CudaDevice.this) {
                enter();
                check(driver.cuGraphLaunch(executable, stream), "does not do what was recorded");
            }
        }

        @Override
        public void close() {
            synchronized (CudaDevice.this) {
                enter();
                check(driver.cuGraphExecDestroy(executable), "cannot forget a recording");
            }
        }
    }
}
