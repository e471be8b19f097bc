package dev.ashlar.face.rest.openapi;

import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Members of an object that are made when they are written, and not kept: a document of ten
/// thousand tables never is in memory as a tree.
final class LateMembers extends AbstractMap<String, JsonValue> {
    private final List<Supplier<JsonObject>> parts = new ArrayList<>();

    private LateMembers() {}

    /// Begins with these.
    static LateMembers of(JsonObject first) {
        LateMembers members = new LateMembers();
        members.parts.add(() -> first);
        return members;
    }

    /// For each of them, what is put into the builder.
    <T> LateMembers forEach(
            List<T> all, BiFunction<T, JsonObjectBuilder, JsonObjectBuilder> members) {
        for (T each : all) {
            parts.add(() -> members.apply(each, new JsonObjectBuilder()).build());
        }
        return this;
    }

    JsonObject object() {
        return new JsonObject(this);
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super JsonValue> action) {
        each(part -> part.members().forEach(action));
    }

    private void each(Consumer<JsonObject> action) {
        parts.forEach(part -> action.accept(part.get()));
    }

    /// All at once: for who does not write them.
    @Override
    public Set<Map.Entry<String, JsonValue>> entrySet() {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        each(part -> all.putAll(part.members()));
        return all.entrySet();
    }
}
