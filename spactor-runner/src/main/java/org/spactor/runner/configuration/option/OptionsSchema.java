package org.spactor.runner.configuration.option;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An options record, understood: which keys it takes and how they become its components.
 *
 * @param <T> the record
 */
public final class OptionsSchema<T extends Record> {
    private final Class<T> type;
    private final List<OptionDeclaration> declarations;
    private final Constructor<T> constructor;

    private OptionsSchema(Class<T> type, List<OptionDeclaration> declarations, Constructor<T> constructor) {
        this.type = type;
        this.declarations = List.copyOf(declarations);
        this.constructor = constructor;
    }

    /**
     * Understands a record and checks what it declares.
     *
     * @throws IllegalArgumentException if a component's type is not supported or its annotation makes no sense; the
     *     message names the record and the component
     */
    public static <T extends Record> OptionsSchema<T> of(Class<T> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is not a record");
        }
        List<OptionDeclaration> declarations = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = type.getName() + "." + component.getName();
            try {
                OptionDeclaration declaration = OptionDeclaration.of(component);
                if (!keys.add(declaration.key())) {
                    throw new IllegalArgumentException("another component has the key " + declaration.key() + " too");
                }
                declarations.add(declaration);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the option " + name + " is wrongly declared: " + e.getMessage(), e);
            }
        }
        return new OptionsSchema<>(type, declarations, constructor(type));
    }

    List<OptionDeclaration> declarations() {
        return declarations;
    }

    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (OptionDeclaration declaration : declarations) {
            keys.add(declaration.key());
        }
        return keys;
    }

    /**
     * Makes the record.
     *
     * @throws RuntimeException what its constructor throws
     */
    T create(List<Object> values) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the constructor of " + type.getName() + " cannot be called", e);
        }
    }

    /** What {@link OptionsTree} writes: the values by key, in the order of declaration. */
    Map<String, Object> write(Record options) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (OptionDeclaration declaration : declarations) {
            tree.put(
                    declaration.key(),
                    write(declaration, read(declaration.component().getAccessor(), options)));
        }
        return tree;
    }

    private static Object write(OptionDeclaration declaration, Object value) {
        if (!declaration.list()) {
            return writeElement(declaration, value);
        }
        List<Object> elements = new ArrayList<>();
        for (Object element : (List<?>) value) {
            elements.add(writeElement(declaration, element));
        }
        return elements;
    }

    private static Object writeElement(OptionDeclaration declaration, Object value) {
        return declaration.nested().isPresent()
                ? declaration.nested().get().write((Record) value)
                : declaration.scalar().orElseThrow().write(value);
    }

    private static Object read(Method accessor, Record options) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(accessor + " cannot be called", e);
        }
    }

    private static <T extends Record> Constructor<T> constructor(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(parameters);
            // Records that are nested in a provider need not be public.
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " has no canonical constructor", e);
        }
    }
}
