package org.spactor.runner.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spactor.runner.training.StopRequest;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While it is open, Ctrl-C and SIGTERM ask the run to stop after its step instead of ending the process; a second one
 * ends it at once. A shutdown hook would not do: the JVM is then already ending, and neither the exit code nor a second
 * signal is in our hands.
 */
final class StopSignals implements AutoCloseable {
    private static final int SIGNALLED = 128;

    private final StopRequest request;
    private final PrintWriter out;
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    StopSignals(StopRequest request, PrintWriter out) {
        this.request = request;
        this.out = out;
        for (String name : new String[] {"INT", "TERM"}) {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, this::stop));
        }
    }

    private void stop(Signal signal) {
        int exitCode = SIGNALLED + signal.getNumber();
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
