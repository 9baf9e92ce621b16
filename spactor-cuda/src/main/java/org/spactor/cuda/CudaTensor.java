package org.spactor.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.spactor.cuda.device.Device;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Shape;

/** A tensor in a card's memory. */
final class CudaTensor implements DeviceTensor {
    private static final int PIECE = 1 << 22;

    private final Device device;
    private final ElementType type;
    private final long[] shape;
    private final long address;
    private final boolean owned;

    private CudaTensor(Device device, ElementType type, long[] shape, long address, boolean owned) {
        this.device = device;
        this.type = type;
        this.shape = shape.clone();
        this.address = address;
        this.owned = owned;
    }

    /** A tensor of zeros with memory of its own. */
    static CudaTensor allocate(Device device, ElementType type, long... shape) {
        long address = device.allocate(Shape.elements(shape) * type.bytes());
        return new CudaTensor(device, type, shape, address, true);
    }

    /** A tensor in memory that belongs to somebody else. */
    static CudaTensor view(Device device, ElementType type, long[] shape, long address) {
        return new CudaTensor(device, type, shape, address, false);
    }

    Device device() {
        return device;
    }

    long address() {
        return address;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public HostView host() {
        requireFloats();
        long bytes = elements() * Float.BYTES;
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a tensor of " + elements()
                    + " elements is above the 2 GB that Java code can look at in one piece");
        }
        ByteBuffer copy = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
        device.download(address, copy.duplicate().order(ByteOrder.nativeOrder()));
        return new Copy(copy);
    }

    @Override
    public void read(long from, FloatBuffer into) {
        requireFloats();
        requirePart(from, into.remaining());
        ByteBuffer piece = piece(into.remaining());
        long at = from;
        while (into.hasRemaining()) {
            int length = Math.min(PIECE, into.remaining());
            piece.clear().limit(length * Float.BYTES);
            device.download(address + at * Float.BYTES, piece);
            into.put(
                    piece.clear().order(ByteOrder.nativeOrder()).asFloatBuffer().limit(length));
            at += length;
        }
    }

    @Override
    public void write(long from, FloatBuffer elements) {
        requireFloats();
        requirePart(from, elements.remaining());
        ByteBuffer piece = piece(elements.remaining());
        long at = from;
        while (elements.hasRemaining()) {
            int length = Math.min(PIECE, elements.remaining());
            piece.clear();
            piece.asFloatBuffer().put(elements.slice().limit(length));
            elements.position(elements.position() + length);
            device.upload(address + at * Float.BYTES, piece.limit(length * Float.BYTES));
            at += length;
        }
    }

    private static ByteBuffer piece(int elements) {
        return ByteBuffer.allocateDirect(Math.min(PIECE, elements) * Float.BYTES)
                .order(ByteOrder.nativeOrder());
    }

    private void requireFloats() {
        if (type != ElementType.FLOAT32) {
            throw new IllegalStateException("the elements are " + type + ", not float32");
        }
    }

    private void requirePart(long from, int length) {
        if (from < 0 || from + length > elements()) {
            throw new IndexOutOfBoundsException(
                    "elements " + from + " to " + (from + length) + " of a tensor of " + elements());
        }
    }

    @Override
    public void close() {
        if (owned) {
            device.free(address);
        }
    }

    /** The elements in the host's memory. */
    private final class Copy implements HostView {
        private final ByteBuffer bytes;

        Copy(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public FloatBuffer elements() {
            return bytes().asFloatBuffer();
        }

        @Override
        public ByteBuffer bytes() {
            return bytes.duplicate().order(ByteOrder.nativeOrder());
        }

        @Override
        public void commit() {
            device.upload(address, bytes());
        }
    }
}
