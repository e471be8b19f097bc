package dev.ashlar.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fills a tree of records from its sources, once, at start. Collects every fault before it gives
/// up, so that one start shows them all.
public final class Binder {
    private final ConfigSchema schema;
    private final ConfigSources sources;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Supplied> supplied = new LinkedHashMap<>();
    private final List<Bound.Effective> effective = new ArrayList<>();

    private Binder(ConfigSchema schema, ConfigSources sources) {
        this.schema = schema;
        this.sources = sources;
    }

    /// Binds all settings of the tree.
    ///
    /// @throws InvalidConfigException with all faults found
    public static <T extends Record> Bound<T> bind(Class<T> root, ConfigSources sources) {
        Binder binder = new Binder(ConfigSchema.of(root), sources);
        binder.gather();
        Optional<T> config = binder.build(root, "");
        if (config.isEmpty() || !binder.faults.isEmpty()) {
            throw new InvalidConfigException(binder.faults);
        }
        return new Bound<>(config.get(), binder.effective);
    }

    /// A section with all its defaults.
    public static <T extends Record> T defaults(Class<T> section) {
        return bind(section, ConfigSources.none()).config();
    }

    /// Later puts win, so the weakest source comes first.
    private void gather() {
        sources.file().ifPresent(file -> YamlSettings.load(file, faults).forEach(this::fromFile));
        sources.aliases()
                .forEach((name, key) -> {
                    String value = sources.environment().get(name);
                    if (value != null && !value.isBlank()) {
                        supplied.put(key, environment(name, value));
                    }
                });
        sources.environment().forEach(this::fromEnvironment);
        sources.flags().forEach(this::fromFlag);
    }

    private void fromFile(String key, Supplied value) {
        if (schema.find(key).isPresent()) {
            supplied.put(key, value);
            return;
        }
        String where = value.origin().describe() + ": ";
        if (schema.hasSection(key)) {
            faults.add(where + key + " is a section; write its keys below it");
            return;
        }
        faults.add(where + "there is no setting " + key + suggestion(key, keyNames()));
    }

    /// An empty variable counts as unset: container tools pass those on.
    private void fromEnvironment(String name, String value) {
        if (!name.startsWith("ASHLAR_")
                || value.isBlank()
                || sources.reserved().contains(name)
                || sources.aliases().containsKey(name)) {
            return;
        }
        for (SettingKey key : schema.keys()) {
            if (key.environmentName().equals(name)) {
                supplied.put(key.name(), environment(name, value));
                return;
            }
        }
        List<String> names =
                schema.keys().stream()
                        .map(SettingKey::environmentName)
                        .collect(Collectors.toCollection(ArrayList::new));
        names.addAll(sources.aliases().keySet());
        names.addAll(sources.reserved());
        faults.add("environment: there is no setting " + name + suggestion(name, names));
    }

    private void fromFlag(String key, String value) {
        if (schema.find(key).isEmpty()) {
            faults.add("flags: there is no setting " + key + suggestion(key, keyNames()));
            return;
        }
        supplied.put(key, new Supplied.Text(value, new Origin.Flag("--" + key)));
    }

    private static Supplied environment(String name, String value) {
        return new Supplied.Text(value, new Origin.Environment(name));
    }

    private List<String> keyNames() {
        return schema.keys().stream().map(SettingKey::name).toList();
    }

    private static String suggestion(String written, List<String> names) {
        return NearestName.find(written, names)
                .map(name -> "; did you mean " + name + "?")
                .orElse("; `ashlar config` lists them all");
    }

    /// Empty when a fault was noted.
    private <T extends Record> Optional<T> build(Class<T> type, String prefix) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        int before = faults.size();
        for (int i = 0; i < components.length; i++) {
            String name = prefix + SettingKey.kebab(components[i].getName());
            Optional<SettingKey> key = schema.find(name);
            values[i] = key.isPresent() ? value(key.get()) : section(components[i], name + ".");
        }
        return faults.size() == before ? construct(type, prefix, values) : Optional.empty();
    }

    private @Nullable Object section(RecordComponent component, String prefix) {
        if (component.isAnnotationPresent(Each.class)) {
            return sections(SectionMap.of(component), prefix);
        }
        return build(component.getType().asSubclass(Record.class), prefix).orElse(null);
    }

    /// Of those names alone of which something is set.
    private Map<Enum<?>, Record> sections(SectionMap map, String prefix) {
        Map<Enum<?>, Record> sections = new LinkedHashMap<>();
        for (Enum<?> constant : map.names()) {
            String own = prefix + ValueReader.enumName(constant) + ".";
            if (supplied.keySet().stream().anyMatch(key -> key.startsWith(own))) {
                build(map.section(), own).ifPresent(built -> sections.put(constant, built));
            }
        }
        return Collections.unmodifiableMap(sections);
    }

    private @Nullable Object value(SettingKey key) {
        Supplied written =
                supplied.getOrDefault(
                        key.name(), new Supplied.Text(key.def(), new Origin.Default()));
        try {
            boolean unset = written instanceof Supplied.Text(String text, _) && text.isEmpty();
            Object value =
                    unset
                            ? ValueReader.absent(key.type())
                            : new ValueReader(sources.baseOf(written.origin()))
                                    .read(key.type(), written);
            effective.add(new Bound.Effective(key, shown(value), written.origin()));
            return value;
        } catch (IllegalArgumentException e) {
            faults.add(fault(key, written, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static String fault(SettingKey key, Supplied written, String expected) {
        String value =
                switch (written) {
                    case Supplied.Text(String text, _) -> text;
                    case Supplied.Items(List<String> items, _) -> String.join(", ", items);
                };
        String quoted = key.secret() ? "this secret" : "\"" + value + "\"";
        return written.origin().describe()
                + ": "
                + key.name()
                + " cannot be "
                + quoted
                + ": "
                + expected;
    }

    private <T extends Record> Optional<T> construct(
            Class<T> type, String prefix, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                faults.add(refusal.getMessage() + origins(prefix));
                return Optional.empty();
            }
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    /// A record's own check may concern several keys, so it is told where each was set.
    private String origins(String prefix) {
        String origins =
                supplied.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(prefix))
                        .map(entry -> entry.getKey() + " from " + origin(entry.getValue()))
                        .collect(Collectors.joining(", "));
        return origins.isEmpty() ? "" : " (" + origins + ")";
    }

    private static String origin(Supplied value) {
        return value.origin().describe();
    }

    private static String shown(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(Binder::shown).orElse("");
            case List<?> list -> list.stream().map(Binder::shown).collect(Collectors.joining(", "));
            case Enum<?> constant -> ValueReader.enumName(constant);
            case Duration duration -> DurationText.of(duration);
            default -> value.toString();
        };
    }
}
