package org.spactor.runner;

import java.util.Optional;

/**
 * Notices when something else than the program ends it by {@link System#exit}, such as a plugin: whoever started the
 * process must not take that for success. Ends that come from outside, such as Ctrl-C, are none of its business.
 */
final class ExitGuard {
    private static final int FAILED = 1;

    private volatile boolean done;

    private ExitGuard() {}

    /** Begins to watch. */
    static ExitGuard install() {
        ExitGuard guard = new ExitGuard();
        Runtime.getRuntime().addShutdownHook(new Thread(guard::check, "exit-guard"));
        return guard;
    }

    /** Says that the program is at its end. */
    void done() {
        done = true;
    }

    private void check() {
        if (done) {
            return;
        }
        caller().ifPresent(caller -> {
            System.err.println(
                    "spactor: the process was ended by " + caller + ", which called System.exit before the work"
                            + " was done. If this is a plugin's, it has to throw an exception instead");
            Runtime.getRuntime().halt(FAILED);
        });
    }

    /** Whoever calls System.exit waits in there until the shutdown hooks are done. A signal is handled otherwise. */
    private static Optional<String> caller() {
        for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
            for (int i = 0; i < stack.length - 1; i++) {
                boolean exits = stack[i].getClassName().equals("java.lang.Runtime")
                        && stack[i].getMethodName().equals("exit");
                if (exits) {
                    boolean byWayOfSystem = stack[i + 1].getClassName().equals("java.lang.System");
                    StackTraceElement caller = stack[Math.min(byWayOfSystem ? i + 2 : i + 1, stack.length - 1)];
                    return Optional.of(caller.getClassName() + "." + caller.getMethodName());
                }
            }
        }
        return Optional.empty();
    }
}
