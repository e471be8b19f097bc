package dev.ashlar.app;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.MediaHandler;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Representation;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Table;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The catalog as JSON, for operators who want to see what is known of their database.
final class CatalogDump {
    private CatalogDump() {}

    static String of(Catalog catalog) {
        List<Relationship> relationships = new ArrayList<>();
        catalog.relationships().values().forEach(relationships::addAll);
        List<Routine> routines = new ArrayList<>();
        catalog.routines().values().forEach(routines::addAll);
        return Json.write(
                new JsonObjectBuilder()
                        .put("dbTables", array(catalog.tables().values(), CatalogDump::table))
                        .put("dbRelationships", array(relationships, CatalogDump::relationship))
                        .put("dbRoutines", array(routines, CatalogDump::routine))
                        .put("dbRepresentations", array(represented(catalog), CatalogDump::form))
                        .put(
                                "dbMediaHandlers",
                                array(catalog.surroundings().handlers(), CatalogDump::handler))
                        .build());
    }

    /// One column of each domain that has a form of its own on the wire.
    private static List<Column> represented(Catalog catalog) {
        Map<String, Column> byType = new TreeMap<>();
        for (Table table : catalog.tables().values()) {
            for (Column column : table.columns().values()) {
                if (column.representation() != null) {
                    byType.putIfAbsent(column.type(), column);
                }
            }
        }
        return List.copyOf(byType.values());
    }

    private static JsonObject form(Column column) {
        Representation form = column.representation();
        return new JsonObjectBuilder()
                .put("type", column.type())
                .put("toJson", form == null ? null : named(form.toJson()))
                .put("fromJson", form == null ? null : named(form.fromJson()))
                .put("fromText", form == null ? null : named(form.fromText()))
                .build();
    }

    private static @Nullable String named(@Nullable QualifiedName function) {
        return function == null ? null : function.toString();
    }

    private static JsonObject table(Table table) {
        return new JsonObjectBuilder()
                .put("schema", table.name().schema())
                .put("name", table.name().name())
                .put("kind", word(table.kind()))
                .put("description", table.comment())
                .put("writes", array(table.writes(), write -> new JsonString(word(write))))
                .put(
                        "primaryKey",
                        strings(table.findPrimaryKey().map(Key::columns).orElse(List.of())))
                .put("columns", array(table.columns().values(), CatalogDump::column))
                .put("computed", array(table.computed().values(), field -> column(field.column())))
                .build();
    }

    private static JsonObject column(Column column) {
        return new JsonObjectBuilder()
                .put("name", column.name())
                .put("type", column.type())
                .put("nullable", column.nullable())
                .put("default", column.declaration().defaultExpression())
                .put("enum", strings(column.enumValues()))
                .put("description", column.comment())
                .build();
    }

    private static JsonObject relationship(Relationship relationship) {
        String by =
                switch (relationship) {
                    case Relationship.Direct direct -> direct.constraint();
                    case Relationship.Computed computed -> computed.function().toString();
                    case Relationship.ThroughJunction through -> through.junction().toString();
                };
        return new JsonObjectBuilder()
                .put("origin", relationship.origin().toString())
                .put("target", relationship.target().toString())
                .put("cardinality", word(relationship.cardinality()))
                .put("by", by)
                .build();
    }

    private static JsonObject routine(Routine routine) {
        return new JsonObjectBuilder()
                .put("schema", routine.name().schema())
                .put("name", routine.name().name())
                .put("arguments", array(routine.arguments(), CatalogDump::argument))
                .put("returns", routine.returns().type())
                .put("returnsSet", routine.returns().set())
                .put("volatility", word(routine.volatility()))
                .put("description", routine.comment())
                .build();
    }

    private static JsonObject argument(Routine.Argument argument) {
        return new JsonObjectBuilder()
                .put("name", argument.name())
                .put("type", argument.type())
                .put("required", argument.required())
                .build();
    }

    private static JsonObject handler(MediaHandler handler) {
        return new JsonObjectBuilder()
                .put("mediaType", handler.mediaType())
                .put("aggregate", handler.aggregate().toString())
                .put("table", handler.table() == null ? null : handler.table().toString())
                .build();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static JsonArray strings(List<String> texts) {
        return array(texts, JsonString::new);
    }

    private static <T> JsonArray array(
            Collection<T> items, Function<? super T, ? extends JsonValue> form) {
        return new JsonArray(items.stream().<JsonValue>map(form).toList());
    }
}
