package org.spactor.runner.component;

import java.util.function.Supplier;

/** The thread's context class loader, by which libraries look for services. */
final class ContextLoader {
    private ContextLoader() {}

    /** Does something with another context class loader. */
    static <T> T with(ClassLoader loader, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
