package dev.ashlar.face.rest.openapi;

import static dev.ashlar.face.rest.openapi.Names31.key;
import static dev.ashlar.face.rest.openapi.Names31.reference;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Table;
import dev.ashlar.catalog.Table.Write;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the paths of an OpenAPI 3.1 document refer to.
final class Components31 {
    /// No key of a table has a dot before a letter other than `u`.
    private static final String ERROR = "pgrst.error";

    private Components31() {}

    static JsonObject of(List<Table> tables, Catalog catalog) {
        return new JsonObjectBuilder()
                .put("schemas", schemas(tables, catalog))
                .put("parameters", parameters(tables))
                .put("requestBodies", bodies(tables))
                .put("responses", responses())
                .put("securitySchemes", token())
                .build();
    }

    private static JsonObject schemas(List<Table> tables, Catalog catalog) {
        return LateMembers.of(JsonObject.EMPTY)
                .forEach(tables, (table, schemas) -> schemas(table, catalog, schemas))
                .forEach(List.of(ERROR), (name, schemas) -> schemas.put(name, error()))
                .object();
    }

    private static JsonObjectBuilder schemas(
            Table table, Catalog catalog, JsonObjectBuilder schemas) {
        String name = key(table.name().name());
        schemas.put(name, Schemas31.row(table, catalog));
        if (table.writes().contains(Write.INSERT)) {
            schemas.put(name + ".new", Schemas31.newRow(table, catalog));
        }
        if (table.writes().contains(Write.UPDATE)) {
            schemas.put(name + ".change", Schemas31.change(table, catalog));
        }
        return schemas;
    }

    private static JsonObject error() {
        JsonObject text = new JsonObjectBuilder().put("type", "string").build();
        JsonObject perhaps =
                new JsonObjectBuilder()
                        .put("type", Schemas.strings(List.of("string", "null")))
                        .build();
        return new JsonObjectBuilder()
                .put("type", "object")
                .put("required", Schemas.strings(List.of("code", "message")))
                .put(
                        "properties",
                        new JsonObjectBuilder()
                                .put("code", text)
                                .put("message", text)
                                .put("details", perhaps)
                                .put("hint", perhaps)
                                .build())
                .build();
    }

    private static JsonObject parameters(List<Table> tables) {
        JsonObjectBuilder all = new JsonObjectBuilder();
        all.put("select", text("select", "query", "Columns and embedded tables"));
        all.put("columns", text("columns", "query", "Which members of the body are written"));
        all.put("on_conflict", text("on_conflict", "query", "Columns that decide what is there"));
        all.put("order", text("order", "query", "Order of the rows"));
        all.put("limit", number("limit", "At most so many rows"));
        all.put("offset", number("offset", "Rows to pass over"));
        all.put("range", text("Range", "header", "First and last row, such as 0-9"));
        all.put("preferCount", prefer("count=exact", "count=planned", "count=estimated"));
        all.put(
                "preferInsert",
                prefer(
                        "return=representation",
                        "return=minimal",
                        "return=headers-only",
                        "resolution=merge-duplicates",
                        "resolution=ignore-duplicates",
                        "missing=default"));
        all.put(
                "preferWrite",
                prefer("return=representation", "return=minimal", "return=headers-only"));
        return LateMembers.of(all.build()).forEach(tables, Components31::filters).object();
    }

    private static JsonObjectBuilder filters(Table table, JsonObjectBuilder all) {
        for (Column column : table.columns().values()) {
            String description =
                    column.comment() == null
                            ? "Operator and value, such as eq.1"
                            : column.comment();
            all.put(Paths31.filter(table, column), text(column.name(), "query", description));
        }
        return all;
    }

    private static JsonObject text(String name, String place, String description) {
        return parameter(
                name, place, description, new JsonObjectBuilder().put("type", "string").build());
    }

    private static JsonObject number(String name, String description) {
        JsonObject schema =
                new JsonObjectBuilder().put("type", "integer").put("minimum", 0L).build();
        return parameter(name, "query", description, schema);
    }

    /// Preferences may be joined by commas, so that those listed are but examples.
    private static JsonObject prefer(String... values) {
        JsonObject schema =
                new JsonObjectBuilder()
                        .put("type", "string")
                        .put("examples", Schemas.strings(List.of(values)))
                        .build();
        return parameter("Prefer", "header", "Preferences, with commas between", schema);
    }

    private static JsonObject parameter(
            String name, String place, @Nullable String description, JsonObject schema) {
        return new JsonObjectBuilder()
                .put("name", name)
                .put("in", place)
                .putIfPresent("description", description)
                .put("required", false)
                .put("schema", schema)
                .build();
    }

    private static JsonObject bodies(List<Table> tables) {
        List<Table> open =
                tables.stream().filter(table -> table.writes().contains(Write.INSERT)).toList();
        return LateMembers.of(JsonObject.EMPTY)
                .forEach(
                        open,
                        (table, bodies) ->
                                bodies.put(
                                        key(table.name().name()),
                                        body(key(table.name().name()) + ".new")))
                .object();
    }

    /// One row or several.
    private static JsonObject body(String schema) {
        JsonObject row = reference("schemas", schema);
        JsonObject either =
                new JsonObjectBuilder()
                        .put("oneOf", new JsonArray(List.of(row, Paths31.array(row))))
                        .build();
        JsonObject csv = new JsonObjectBuilder().put("type", "string").build();
        return new JsonObjectBuilder()
                .put("required", true)
                .put(
                        "content",
                        new JsonObjectBuilder()
                                .put(
                                        Paths31.JSON,
                                        new JsonObjectBuilder().put("schema", either).build())
                                .put(
                                        Paths31.CSV,
                                        new JsonObjectBuilder().put("schema", csv).build())
                                .build())
                .build();
    }

    private static JsonObject responses() {
        return new JsonObjectBuilder()
                .put(
                        ERROR,
                        Paths31.response(
                                "Refused",
                                Paths31.content(Paths31.JSON, reference("schemas", ERROR))))
                .build();
    }

    private static JsonObject token() {
        return new JsonObjectBuilder()
                .put(
                        "JWT",
                        new JsonObjectBuilder()
                                .put("type", "http")
                                .put("scheme", "bearer")
                                .put("bearerFormat", "JWT")
                                .build())
                .build();
    }
}
