package dev.ashlar.face.rest.openapi;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Column.Generation;
import dev.ashlar.catalog.Table;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tables and types as JSON Schema 2020-12, which OpenAPI 3.1 speaks: what may be null says so, and
/// formats are those that JSON Schema or OpenAPI know.
final class Schemas31 {
    private static final Map<String, String> FORMATS =
            Map.of(
                    "smallint", "int32",
                    "integer", "int32",
                    "bigint", "int64",
                    "real", "float",
                    "double precision", "double",
                    "date", "date",
                    "timestamp with time zone", "date-time",
                    "uuid", "uuid");

    private Schemas31() {}

    /// A row as it is read: all columns that are never null are there.
    static JsonObject row(Table table, Catalog catalog) {
        return object(table, catalog, column -> !column.nullable());
    }

    /// A row as it is written first: what nobody else fills in must be there.
    static JsonObject newRow(Table table, Catalog catalog) {
        return object(table, catalog, column -> !column.nullable() && column.generation() == null);
    }

    /// A part of a row as a change names it.
    static JsonObject change(Table table, Catalog catalog) {
        return object(table, catalog, _ -> false);
    }

    private static JsonObject object(Table table, Catalog catalog, Predicate<Column> required) {
        JsonObjectBuilder properties = new JsonObjectBuilder();
        List<String> names = new ArrayList<>();
        for (Column column : table.columns().values()) {
            properties.put(column.name(), property(column, table, catalog));
            if (required.test(column)) {
                names.add(column.name());
            }
        }
        JsonObjectBuilder schema =
                new JsonObjectBuilder()
                        .put("type", "object")
                        .putIfPresent("description", table.comment());
        if (!names.isEmpty()) {
            schema.put("required", Schemas.strings(names));
        }
        return schema.put("properties", properties.build()).build();
    }

    private static JsonObject property(Column column, Table table, Catalog catalog) {
        JsonObjectBuilder schema = typed(column.baseType(), column.nullable());
        schema.putIfPresent("description", Schemas.description(column, table, catalog));
        if (!"date-time".equals(format(column.baseType()))) {
            // The database writes moments otherwise than RFC 3339.
            Schemas.findLiteral(column).ifPresent(value -> schema.put("default", value));
        }
        if (!column.enumValues().isEmpty()) {
            schema.put("enum", choices(column));
        }
        Integer most = column.declaration().maxLength();
        if (most != null) {
            schema.put("maxLength", most);
        }
        Generation generation = column.generation();
        if (generation == Generation.COMPUTED || generation == Generation.IDENTITY_ALWAYS) {
            schema.put("readOnly", true);
        }
        return schema.build();
    }

    /// Null is none of the type's values, but may stand there.
    private static JsonArray choices(Column column) {
        List<JsonValue> values = new ArrayList<>();
        column.enumValues().forEach(value -> values.add(new JsonString(value)));
        if (column.nullable()) {
            values.add(JsonNull.NULL);
        }
        return new JsonArray(values);
    }

    /// A value that is never null.
    static JsonObject of(String type) {
        return typed(type, false).build();
    }

    private static JsonObjectBuilder typed(String type, boolean nullable) {
        JsonObjectBuilder schema = new JsonObjectBuilder();
        String kind = Schemas.kind(type);
        if (kind != null && nullable) {
            schema.put("type", Schemas.strings(List.of(kind, "null")));
        } else {
            schema.putIfPresent("type", kind);
        }
        schema.putIfPresent("format", format(type));
        if ("array".equals(kind)) {
            schema.put("items", typed(Schemas.element(type), true).build());
        }
        return schema.put("x-postgresql-type", type);
    }

    private static @Nullable String format(String type) {
        return FORMATS.get(type);
    }
}
