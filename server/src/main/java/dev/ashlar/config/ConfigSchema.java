package dev.ashlar.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The settings that a tree of records describes, in the order of its components.
///
/// A component is either a record (a section, whose name prefixes the keys within) or a value with
/// a [Setting]. Read once at start, by reflection.
public record ConfigSchema(List<SettingKey> keys) {

    public ConfigSchema {
        keys = List.copyOf(keys);
    }

    public static ConfigSchema of(Class<? extends Record> root) {
        List<SettingKey> keys = new ArrayList<>();
        collect(root, "", keys);
        return new ConfigSchema(keys);
    }

    public Optional<SettingKey> find(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /// Whether keys lie below this name.
    boolean hasSection(String name) {
        return keys.stream().anyMatch(key -> key.name().startsWith(name + "."));
    }

    private static void collect(Class<?> type, String prefix, List<SettingKey> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + SettingKey.kebab(component.getName());
            Setting setting = component.getAnnotation(Setting.class);
            if (setting != null) {
                keys.add(
                        new SettingKey(
                                name, component.getGenericType(), setting.def(), setting.doc()));
            } else if (component.getType().isRecord()) {
                collect(component.getType(), name + ".", keys);
            } else {
                throw new IllegalStateException(
                        type.getName() + "." + component.getName() + " lacks its @Setting");
            }
        }
    }
}
