package org.spactor.objectives;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.component.Option;

/** Makes options records of the defaults they declare, as the runner does for a configuration that names no option. */
public final class DeclaredDefaults {
    private DeclaredDefaults() {}

    /** The options of a component that was given none. */
    public static <O extends Record> O of(ComponentProvider<O, ?, ?> provider) {
        return of(provider.optionsType());
    }

    /** An options record with every default. */
    public static <O extends Record> O of(Class<O> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = parse(components[i].getAnnotation(Option.class).defaultValue(), types[i]);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the defaults of " + type + " make no record", e);
        }
    }

    private static Object parse(String value, Class<?> type) {
        if (type == double.class) {
            return Double.valueOf(value);
        }
        if (type == int.class) {
            return Integer.valueOf(value);
        }
        if (type == long.class) {
            return Long.valueOf(value);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(value);
        }
        if (type == List.class && value.isEmpty()) {
            return List.of();
        }
        if (type.isEnum()) {
            return constant(value, type);
        }
        return value;
    }

    private static Object constant(String value, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (constant.toString().equalsIgnoreCase(value.replace('-', '_'))) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type + " has no constant '" + value + "'");
    }
}
