package dev.ashlar.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The settings that a tree of records describes, in the order of its components.
///
/// A component is a record (a section, whose name prefixes the keys within), a map from an enum to
/// a record (a section for [Each] constant), or a value with a [Setting]. Read once at start, by
/// reflection.
public record ConfigSchema(List<SettingKey> keys) {

    public ConfigSchema {
        keys = List.copyOf(keys);
    }

    public static ConfigSchema of(Class<? extends Record> root) {
        List<SettingKey> keys = new ArrayList<>();
        collect(root, new Prefix("", ""), keys);
        return new ConfigSchema(keys);
    }

    public Optional<SettingKey> find(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /// Whether keys lie below this name.
    boolean hasSection(String name) {
        return keys.stream().anyMatch(key -> key.name().startsWith(name + "."));
    }

    /// Of the name and of the title of the keys within a section.
    private record Prefix(String name, String title) {
        Prefix then(String word) {
            return then(word, word);
        }

        Prefix then(String word, String shown) {
            return new Prefix(name + word + ".", title + shown + ".");
        }
    }

    private static void collect(Class<?> type, Prefix prefix, List<SettingKey> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = SettingKey.kebab(component.getName());
            Setting setting = component.getAnnotation(Setting.class);
            Each each = component.getAnnotation(Each.class);
            if (setting != null) {
                keys.add(
                        new SettingKey(
                                prefix.name() + name,
                                prefix.title() + name,
                                component.getGenericType(),
                                setting.def(),
                                setting.doc()));
            } else if (each != null) {
                SectionMap map = SectionMap.of(component);
                Prefix all = prefix.then(name);
                for (Enum<?> constant : map.names()) {
                    String word = ValueReader.enumName(constant);
                    collect(map.section(), all.then(word, "<" + each.value() + ">"), keys);
                }
            } else if (component.getType().isRecord()) {
                collect(component.getType(), prefix.then(name), keys);
            } else {
                throw new IllegalStateException(
                        type.getName() + "." + component.getName() + " lacks its @Setting");
            }
        }
    }
}
