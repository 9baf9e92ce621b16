package org.spactor.runner.component;

import java.util.function.Supplier;
import org.spactor.api.component.InvalidOptionException;

/**
 * Calls into one component: the one way in. While a component is at work, the thread's context class loader is its own, so
 * that its libraries find their services; the watchdog knows what it is doing; and what it throws says which component it
 * was. What another component throws that it calls was told where it happened.
 */
public final class ComponentCalls {
    private final ComponentIdentity component;
    private final ClassLoader loader;
    private final Watchdog watchdog;

    ComponentCalls(ComponentIdentity component, ClassLoader loader, Watchdog watchdog) {
        this.component = component;
        this.loader = loader;
        this.watchdog = watchdog;
    }

    /** Who is called. */
    public ComponentIdentity component() {
        return component;
    }

    /**
     * Calls.
     *
     * @param what what is asked of the component, for instance {@code build()}
     * @throws ComponentFailure if it fails
     * @throws InvalidOptionException as it throws it: an option is refused
     */
    public <T> T call(String what, Supplier<T> work) {
        return call(() -> what, work);
    }

    /** As {@link #call(String, Supplier)}, where putting it into words takes time that is needed only if it fails. */
    public <T> T call(Supplier<String> what, Supplier<T> work) {
        try {
            return ContextLoader.with(loader, () -> watchdog.watch(component, what, work));
        } catch (ComponentFailure | InvalidOptionException e) {
            throw e;
        } catch (Throwable e) {
            // checked exceptions too, which can be thrown without being declared
            if (e instanceof OutOfMemoryError outOfMemory) {
                throw outOfMemory;
            }
            throw new ComponentFailure(
                    component + " failed in " + what.get() + ": " + FailureReason.withPlace(e, loader), e);
        }
    }

    /** Calls what returns nothing. */
    public void run(String what, Runnable work) {
        call(what, () -> {
            work.run();
            return null;
        });
    }

    /**
     * Fails unless a component did what it has to.
     *
     * @param what what was asked of it
     * @param wrong what is wrong with the answer
     * @throws ComponentFailure if the condition does not hold
     */
    public void require(boolean condition, String what, Supplier<String> wrong) {
        require(condition, () -> what, wrong);
    }

    /** As {@link #require(boolean, String, Supplier)}, where putting it into words takes time. */
    public void require(boolean condition, Supplier<String> what, Supplier<String> wrong) {
        if (!condition) {
            throw failure(what.get(), wrong.get());
        }
    }

    /** A failure that the component does not notice itself. */
    public ComponentFailure failure(String what, String wrong) {
        return new ComponentFailure(component + " is wrong in " + what + ": " + wrong);
    }
}
