package org.spactor.runner.component;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says what a component is doing when it has been at it for long: a minute at first, then twice as long each time. A thread
 * of its own looks from time to time; being watched costs a component next to nothing.
 */
public final class Watchdog implements AutoCloseable {
    /** For how long a component may be at something before that is said. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<Thread, Watch> watches = new ConcurrentHashMap<>();
    private final long patience;
    private final Consumer<String> listener;
    private Thread looking;
    private volatile boolean closed;

    /**
     * A watchdog that barks at this listener.
     *
     * @param patience for how long a component may be at something before that is said
     */
    public Watchdog(Duration patience, Consumer<String> listener) {
        this.patience = patience.toNanos();
        this.listener = listener;
    }

    /** Does something under observation. Where a component calls another one, the inner one is observed. */
    <T> T watch(ComponentIdentity component, Supplier<String> what, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        Watch outer = watches.put(thread, new Watch(component, what, System.nanoTime()));
        if (looking == null) {
            startLooking();
        }
        try {
            return work.get();
        } finally {
            if (outer == null) {
                watches.remove(thread);
            } else {
                watches.put(thread, outer);
            }
        }
    }

    private synchronized void startLooking() {
        if (looking == null && !closed) {
            looking = new Thread(this::look, "watchdog");
            looking.setDaemon(true);
            looking.start();
        }
    }

    private void look() {
        try {
            while (!closed) {
                Thread.sleep(Math.max(1, patience / 10 / 1_000_000));
                watches.forEach((thread, watch) -> watch.look(thread));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (looking != null) {
            looking.interrupt();
        }
    }

    /** Something that a component does. */
    private final class Watch {
        private final ComponentIdentity component;
        private final Supplier<String> what;
        private final long start;
        private long next;

        Watch(ComponentIdentity component, Supplier<String> what, long start) {
            this.component = component;
            this.what = what;
            this.start = start;
            this.next = patience;
        }

        private void look(Thread thread) {
            long took = System.nanoTime() - start;
            if (took < next) {
                return;
            }
            next = 2 * took;
            StackTraceElement[] stack = thread.getStackTrace();
            String place = stack.length == 0 ? "" : ", now at " + stack[0];
            listener.accept(component + " has been busy with " + what.get() + " for "
                    + Duration.ofNanos(took).toSeconds() + " s" + place);
        }
    }
}
