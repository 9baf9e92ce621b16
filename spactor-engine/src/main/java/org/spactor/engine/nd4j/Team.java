package org.spactor.engine.nd4j;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that go through the same list of pieces side by side: each does its part of a piece and waits for the others
 * before the next one. The thread that calls {@link #run} is the first of them.
 *
 * <p>A piece takes from microseconds to milliseconds, so the threads spin while they wait, for a while, before they let
 * others have the core; between two runs they sleep.
 */
final class Team implements AutoCloseable {
    private static final int SPINS = 1 << 14;

    private final Step[][] pieces;
    private final PieceTimes times;
    private final Thread[] helpers;
    private final int size;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile Throwable failure;

    /** Hears how far the first thread is. */
    interface PieceTimes {
        /** All threads have done a piece. */
        void done(int piece);
    }

    /**
     * A team.
     *
     * @param pieces what to do, each in at most {@code size} parts
     * @param size number of threads
     */
    Team(Step[][] pieces, int size, PieceTimes times) {
        this.pieces = pieces;
        this.size = size;
        this.times = times;
        this.helpers = new Thread[size - 1];
        for (int i = 0; i < helpers.length; i++) {
            int member = i + 1;
            helpers[i] = new Thread(() -> help(member), "replica-helper-" + member);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    /** Goes through all pieces once. */
    void run() {
        failure = null;
        runs.incrementAndGet();
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        walk(0);
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    private void help(int member) {
        int seen = 0;
        while (true) {
            while (runs.get() == seen && !closed) {
                LockSupport.park(this);
            }
            if (closed) {
                return;
            }
            seen++;
            walk(member);
        }
    }

    /** Does one member's parts. Two pieces that only the first member does need no waiting between them. */
    private void walk(int member) {
        for (int i = 0; i < pieces.length; i++) {
            Step[] parts = pieces[i];
            if (member < parts.length) {
                work(parts[member]);
            }
            boolean last = i == pieces.length - 1;
            if (size > 1 && (last || parts.length > 1 || pieces[i + 1].length > 1)) {
                await();
            }
            if (member == 0) {
                times.done(i);
            }
        }
    }

    /** A failure must not keep the others waiting: it is kept for the end. */
    private void work(Step part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void await() {
        int current = round;
        if (arrived.incrementAndGet() == size) {
            arrived.set(0);
            round = current + 1;
            return;
        }
        int spins = 0;
        while (round == current) {
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
