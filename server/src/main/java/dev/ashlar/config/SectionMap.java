package dev.ashlar.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/// The two types of a component that holds a section for [Each] constant of an enum.
record SectionMap(List<Enum<?>> names, Class<? extends Record> section) {

    static SectionMap of(RecordComponent component) {
        if (component.getGenericType() instanceof ParameterizedType map) {
            Type[] types = map.getActualTypeArguments();
            if (types.length == 2
                    && types[0] instanceof Class<?> names
                    && names.isEnum()
                    && types[1] instanceof Class<?> section
                    && section.isRecord()) {
                List<Enum<?>> constants =
                        Arrays.stream(names.getEnumConstants())
                                .<Enum<?>>map(constant -> (Enum<?>) constant)
                                .toList();
                return new SectionMap(constants, section.asSubclass(Record.class));
            }
        }
        throw new IllegalStateException(
                component.getName() + " must be a map from an enum to a record");
    }
}
