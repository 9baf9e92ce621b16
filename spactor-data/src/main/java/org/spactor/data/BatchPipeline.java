package org.spactor.data;

import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Prepares batches ahead, in order, on a thread of its own. One thread takes them.
 */
public final class BatchPipeline implements AutoCloseable {
    /** How many batches are prepared ahead unless said otherwise. */
    public static final int DEFAULT_DEPTH = 4;

    private static final long CLOSE_SECONDS = 5;

    private final LongFunction<Batch> source;
    private final BlockingQueue<Prepared> ready;
    private final Thread thread;
    private final AtomicLong waited = new AtomicLong();
    private volatile boolean closed;

    /** A pipeline that is {@link #DEFAULT_DEPTH} batches ahead. */
    public BatchPipeline(LongFunction<Batch> source, long firstStep) {
        this(source, firstStep, DEFAULT_DEPTH);
    }

    /**
     * A pipeline; its thread starts at once.
     *
     * @param source makes the batch of a step, for instance {@code batchSource::batch}
     * @param firstStep step of the first batch
     * @param depth most batches to have ready, at least 1
     */
    public BatchPipeline(LongFunction<Batch> source, long firstStep, int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("a pipeline must be at least 1 batch ahead, not " + depth);
        }
        this.source = source;
        this.ready = new ArrayBlockingQueue<>(depth);
        this.thread = new Thread(() -> prepare(firstStep), "batch-pipeline");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The next batch; waits until it is ready.
     *
     * @throws DataException if preparing it failed; the cause is what failed. Later calls throw it again
     * @throws IllegalStateException if the pipeline is closed, or the calling thread is interrupted while waiting
     */
    public Batch next() {
        long start = System.nanoTime();
        Prepared prepared;
        try {
            prepared = ready.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        } finally {
            waited.addAndGet(System.nanoTime() - start);
        }
        if (prepared.batch != null && !closed) {
            return prepared.batch;
        }
        // The last thing in the queue, put back for the next call. There is room, since nothing else is put there.
        ready.offer(prepared);
        if (closed) {
            throw new IllegalStateException("the batch pipeline is closed");
        }
        Throwable failure = prepared.failure;
        String reason = failure instanceof DataException ? failure.getMessage() : failure.toString();
        throw new DataException("preparing the batch of step " + prepared.step + " failed: " + reason, failure);
    }

    /** For how long {@link #next} has waited so far, all calls together, in nanoseconds. */
    public long waitedNanos() {
        return waited.get();
    }

    /** Stops preparing. What is ready is thrown away. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Wakes a thread that waits in next().
        ready.clear();
        ready.offer(new Prepared(-1, null, null));
    }

    private void prepare(long firstStep) {
        try {
            for (long step = firstStep; !closed; step++) {
                Prepared prepared = prepareStep(step);
                ready.put(prepared);
                if (prepared.batch == null) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Only close() interrupts this thread.
            Thread.currentThread().interrupt();
        }
    }

    private Prepared prepareStep(long step) {
        try {
            return new Prepared(step, Objects.requireNonNull(source.apply(step), "no batch was made"), null);
        } catch (Throwable e) {
            // Errors too: a thread that dies without a word would leave next() waiting for ever.
            return new Prepared(step, null, e);
        }
    }

    /** A batch, or why there is none. */
    private record Prepared(long step, Batch batch, Throwable failure) {}
}
