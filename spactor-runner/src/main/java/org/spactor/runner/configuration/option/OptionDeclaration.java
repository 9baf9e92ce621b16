package org.spactor.runner.configuration.option;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spactor.api.component.Option;

/**
 * One component of an options record, understood. Exactly one of {@code scalar} and {@code nested} is given; either may be
 * what a list is of.
 *
 * @param key in kebab-case
 * @param component the record's component
 * @param option the annotation on it
 * @param scalar type of the value, or of the list's elements
 * @param list whether it takes a list
 * @param nested the options of a nested record, or of the records of a list
 */
record OptionDeclaration(
        String key,
        RecordComponent component,
        Option option,
        Optional<ScalarType> scalar,
        boolean list,
        Optional<OptionsSchema<?>> nested) {
    /**
     * Understands a component and checks what it declares.
     *
     * @throws IllegalArgumentException if the component's type is not supported or its annotation makes no sense
     */
    static OptionDeclaration of(RecordComponent component) {
        Option option = component.getAnnotation(Option.class);
        if (option == null) {
            throw new IllegalArgumentException("it has no @Option");
        }
        if (option.description().isBlank()) {
            throw new IllegalArgumentException("it has no description");
        }
        boolean list = component.getType() == List.class;
        Type type = list ? elementType(component.getGenericType()) : component.getType();
        OptionDeclaration declaration = type instanceof Class<?> record && record.isRecord()
                ? ofRecord(component, option, record, list)
                : ofValue(component, option, type, list);
        declaration.checkDefault();
        return declaration;
    }

    boolean required() {
        return option.defaultValue().equals(Option.REQUIRED);
    }

    /** What the option is when the configuration is silent. */
    Object defaultValue() throws InvalidValueException {
        ScalarType type = scalar.orElseThrow();
        return list ? readList(option.defaultValue()) : type.read(option.defaultValue());
    }

    /** Reads a list that is written as one text: elements separated by commas. */
    List<Object> readList(String text) throws InvalidValueException {
        ScalarType type = scalar.orElseThrow();
        List<Object> values = new ArrayList<>();
        if (!text.isBlank()) {
            for (String element : text.split(",", -1)) {
                values.add(type.read(element.strip()));
            }
        }
        return List.copyOf(values);
    }

    /** What to call the type when talking to a user. */
    String typeLabel() {
        String label = scalar.map(ScalarType::label).orElse("mapping");
        return list ? "list of " + label + "s" : label;
    }

    private static OptionDeclaration ofRecord(RecordComponent component, Option option, Class<?> record, boolean list) {
        if (!option.range().isEmpty()) {
            throw new IllegalArgumentException("a range is for numbers only");
        }
        OptionsSchema<?> nested = OptionsSchema.of(record.asSubclass(Record.class));
        String key = KebabCase.ofComponent(component.getName());
        return new OptionDeclaration(key, component, option, Optional.empty(), list, Optional.of(nested));
    }

    private static OptionDeclaration ofValue(RecordComponent component, Option option, Type type, boolean list) {
        Optional<ScalarType> scalar = type instanceof Class<?> c ? ScalarType.of(c, option.range()) : Optional.empty();
        if (scalar.isEmpty()) {
            throw new IllegalArgumentException(
                    "options of type " + component.getGenericType().getTypeName()
                            + " are not supported; int, long, double, boolean, String, enums, lists of these and records are");
        }
        String key = KebabCase.ofComponent(component.getName());
        return new OptionDeclaration(key, component, option, scalar, list, Optional.empty());
    }

    private static Type elementType(Type list) {
        return list instanceof ParameterizedType parameterized ? parameterized.getActualTypeArguments()[0] : list;
    }

    private void checkDefault() {
        if (required()) {
            return;
        }
        if (nested.isPresent()) {
            if (!option.defaultValue().isEmpty()) {
                throw new IllegalArgumentException(
                        "the default of a record is its own options' defaults, that of a list of records is none,"
                                + " both written \"\"");
            }
            return;
        }
        try {
            defaultValue();
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException("its default is wrong: " + e.getMessage(), e);
        }
    }
}
