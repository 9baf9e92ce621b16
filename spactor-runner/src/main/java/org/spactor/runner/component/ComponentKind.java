package org.spactor.runner.component;

import com.google.inject.TypeLiteral;
import com.google.inject.util.Types;
import java.util.Map;
import org.spactor.api.component.ComponentProvider;

/**
 * A kind of component.
 *
 * @param name for instance {@code corruptor}
 * @param plural for instance {@code corruptors}
 * @param providerClass the interface that the kind's providers implement
 * @param <P> the same interface
 */
public record ComponentKind<P extends ComponentProvider<?, ?, ?>>(String name, String plural, Class<P> providerClass) {
    /** A kind whose provider interface is generic, as all of them are. */
    @SuppressWarnings("unchecked")
    public static <P extends ComponentProvider<?, ?, ?>> ComponentKind<P> of(
            String name, String plural, Class<? super P> providerClass) {
        return new ComponentKind<>(name, plural, (Class<P>) providerClass);
    }

    /** The type under which Guice holds a provider of this kind and where it comes from. */
    @SuppressWarnings("unchecked")
    TypeLiteral<RegisteredComponent<P>> componentType() {
        return (TypeLiteral<RegisteredComponent<P>>)
                TypeLiteral.get(Types.newParameterizedType(RegisteredComponent.class, providerClass));
    }

    /** The type of what Guice makes of a map binder of this kind. */
    @SuppressWarnings("unchecked")
    TypeLiteral<Map<String, RegisteredComponent<P>>> mapType() {
        return (TypeLiteral<Map<String, RegisteredComponent<P>>>)
                TypeLiteral.get(Types.mapOf(String.class, componentType().getType()));
    }

    @Override
    public String toString() {
        return name;
    }
}
