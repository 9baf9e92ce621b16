package org.spactor.runner.component;

import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.spactor.api.component.ComponentProvider;

/** Puts into words why a class of somebody else failed. */
final class FailureReason {
    private FailureReason() {}

    /** What was thrown, and where, as far as it says something to whoever wrote the class. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        boolean inInitializer = false;
        // these wrap what a provider or a static initialiser threw, and say less
        while ((cause instanceof ServiceConfigurationError || cause instanceof ExceptionInInitializerError)
                && cause.getCause() != null) {
            inInitializer |= cause instanceof ExceptionInInitializerError;
            cause = cause.getCause();
        }
        String reason = words(cause);
        return inInitializer ? "a static initialiser failed: " + reason : reason;
    }

    /** As {@link #of}, with the place in the component's own code if it is in a plugin's. */
    static String withPlace(Throwable failure, ClassLoader loader) {
        return of(failure)
                + place(failure, loader).map(frame -> " (at " + frame + ")").orElse("");
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        // without a blank it is a name; otherwise it says that a class could not be initialised
        if (cause instanceof NoClassDefFoundError && message != null && !message.contains(" ")) {
            return "it needs the class " + message.replace('/', '.') + ", which is not in the plugin, and which plugins"
                    + " do not get from Spactor";
        }
        boolean speaksForItself =
                cause instanceof ServiceConfigurationError || cause.getClass() == IllegalArgumentException.class;
        if (speaksForItself && message != null) {
            return message;
        }
        return message == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + message;
    }

    /** The first place in code that the component's own class loader loaded. */
    private static Optional<StackTraceElement> place(Throwable failure, ClassLoader loader) {
        String name = loader.getName();
        return Stream.of(failure.getStackTrace())
                .filter(frame -> name != null && name.equals(frame.getClassLoaderName()))
                .findFirst()
                .map(frame -> new StackTraceElement(
                        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber()));
    }

    /** What keeps a provider's class from being made, if that can be told from the class. */
    static Optional<String> ofClass(Class<?> provider) {
        int modifiers = provider.getModifiers();
        if (!ComponentProvider.class.isAssignableFrom(provider)) {
            return Optional.empty();
        }
        if (Modifier.isAbstract(modifiers)) {
            return Optional.of("it is abstract, and a provider is a class that can be made");
        }
        if (!Modifier.isPublic(modifiers)) {
            return Optional.of("it is not public");
        }
        boolean makeable = Stream.of(provider.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
        return makeable ? Optional.empty() : Optional.of("it has no public no-argument constructor");
    }
}
