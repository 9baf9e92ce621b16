package org.spactor.cuda.device;

import java.nio.ByteBuffer;

/**
 * A card as the backend sees it: memory, kernels, matrix products and recordings. Everything is done in the order in which
 * it was asked for; methods that give work to the device return before it is done, those that bring something to the host
 * wait for it. Thread-safe, but a {@linkplain #record recording} is made by one thread while no other uses the device.
 *
 * <p>Addresses are those of the device's memory; its memory is not the host's.
 */
public interface Device extends AutoCloseable {
    /** What is shown to people, for instance {@code NVIDIA H100 80GB HBM3}. */
    String name();

    /** The library that multiplies matrices, for messages and reports. */
    String productLibrary();

    /** Memory that nobody has taken yet, in bytes. */
    long freeBytes();

    /** All memory there is, in bytes. */
    long totalBytes();

    /**
     * Takes memory, aligned to 256 bytes and filled with zeros.
     *
     * @return its address
     * @throws DeviceException if there is not so much
     */
    long allocate(long bytes);

    /** Gives memory back, once the work that was asked for is done. */
    void free(long address);

    /** Copies from the host: the buffer's bytes from its position to its limit. The buffer may be changed afterwards. */
    void upload(long address, ByteBuffer bytes);

    /** Copies to the host as many bytes as the buffer has room for, once the work that was asked for is done. */
    void download(long address, ByteBuffer bytes);

    /** Copies within the device's memory. */
    void copy(long from, long to, long bytes);

    /** Fills memory with bytes of 0. */
    void zero(long address, long bytes);

    /**
     * A kernel, compiled for this device unless it has been before.
     *
     * @param source where it is defined, with the macros that it is compiled with
     * @param name of the function
     * @throws DeviceException if the source does not compile, with the compiler's messages
     */
    DeviceFunction function(KernelSource source, String name);

    /**
     * Starts a kernel.
     *
     * @param arguments in the order of the parameters: {@link Long} for addresses and 64 bits, {@link Integer},
     *     {@link Float}, {@link Double}
     */
    void launch(DeviceFunction function, Grid grid, Object... arguments);

    /** Prepares a matrix product. */
    DeviceProduct prepare(MatrixProduct product);

    /**
     * Records the work that is asked for meanwhile, instead of doing it.
     *
     * @param work must bring nothing to the host and take no memory
     */
    Recording record(Runnable work);

    /** Waits until everything that was asked for is done. */
    void synchronize();

    @Override
    void close();

    /** A kernel that can be started on one device. */
    interface DeviceFunction {}

    /** A matrix product that is ready to be done on matrices of its shape. */
    @FunctionalInterface
    interface DeviceProduct {
        /**
         * Multiplies.
         *
         * @param left address of the left matrix
         * @param right address of the right one
         * @param addend address of what is added, if something is; it may be the product's own memory
         * @param product address of the product, which overlaps neither operand
         */
        void enqueue(long left, long right, long addend, long product);
    }

    /** Work that can be done again and again in one go. */
    interface Recording extends AutoCloseable {
        /** Does the work, after all that was asked for before. */
        void replay();

        @Override
        void close();
    }

    /**
     * How many threads run a kernel.
     *
     * @param x blocks along the first side
     * @param y blocks along the second one
     * @param z blocks along the third one
     * @param threads of a block
     * @param sharedBytes of memory that a block's threads share, beyond what the kernel declares itself
     */
    record Grid(long x, long y, long z, int threads, int sharedBytes) {
        /** Threads of a block where nothing speaks for another number. */
        public static final int THREADS = 256;

        public Grid {
            boolean sound = x >= 1
                    && x <= Integer.MAX_VALUE
                    && y >= 1
                    && y <= 65_535
                    && z >= 1
                    && z <= 65_535
                    && threads >= 1
                    && threads <= 1024
                    && sharedBytes >= 0;
            if (!sound) {
                throw new IllegalArgumentException("no grid of " + x + " × " + y + " × " + z + " blocks of " + threads
                        + " threads with " + sharedBytes + " bytes");
            }
        }

        /** Blocks in one row. */
        public static Grid blocks(long blocks, int threads) {
            return new Grid(blocks, 1, 1, threads, 0);
        }

        /** One thread for each element. */
        public static Grid elements(long elements) {
            return blocks(Math.max(1, (elements + THREADS - 1) / THREADS), THREADS);
        }

        /** One warp of 32 threads for each row. */
        public static Grid warps(long rows) {
            return elements(rows * 32);
        }

        /** The same with memory that a block's threads share. */
        public Grid sharing(int bytes) {
            return new Grid(x, y, z, threads, bytes);
        }
    }
}
