package org.spactor.runner.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spactor.runner.training.StopRequest;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While it is open, Ctrl-C, SIGTERM and SIGHUP ask the run to stop after its step instead of ending the process; a second
 * one ends it at once, and so does the first as long as there is nothing to save. A shutdown hook would not do: the JVM is then already ending, and neither the exit code nor a second
 * signal is in our hands.
 */
final class StopSignals implements AutoCloseable {
    private static final int SIGNALLED = 128;

    private final StopRequest request;
    private final PrintWriter out;
    private volatile boolean training;
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    StopSignals(StopRequest request, PrintWriter out) {
        this.request = request;
        this.out = out;
        for (String name : isWindows() ? List.of("INT", "TERM") : List.of("INT", "TERM", "HUP")) {
            Signal signal = new Signal(name);
            SignalHandler handler = Signal.handle(signal, this::stop);
            before.put(signal, handler);
            if (handler.equals(SignalHandler.SIG_IGN)) {
                Signal.handle(signal, handler); // such as SIGHUP under nohup
            }
        }
    }

    /** Says that from now on there is something to save. */
    void trainingBegins() {
        training = true;
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private void stop(Signal signal) {
        int exitCode = SIGNALLED + signal.getNumber();
        if (!training) {
            out.println("SIG" + signal.getName() + ": stopped before the first step. There is nothing to save");
            out.flush();
            Runtime.getRuntime().halt(exitCode);
        }
        if (!request.stop(exitCode)) {
            Runtime.getRuntime().halt(exitCode);
        }
        synchronized (out) {
            out.println("SIG" + signal.getName() + ": finishing the step and writing a checkpoint; a second one stops"
                    + " at once, without");
            out.flush();
        }
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
