package dev.ashlar.face.rest.openapi;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Table;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters that paths refer to: those of every table, and each table's body and filters.
final class Parameters {
    private static final List<String> RETURN =
            List.of("return=representation", "return=minimal", "return=none");

    private Parameters() {}

    static JsonObject of(List<Table> tables) {
        JsonObjectBuilder all =
                new JsonObjectBuilder()
                        .put("preferParams", text("Prefer", "header", "Preference").build())
                        .put("preferReturn", prefer(RETURN))
                        .put("preferCount", prefer(List.of("count=none")))
                        .put(
                                "preferPost",
                                prefer(
                                        List.of(
                                                "return=representation",
                                                "return=minimal",
                                                "return=none",
                                                "resolution=ignore-duplicates",
                                                "resolution=merge-duplicates")))
                        .put("select", text("select", "query", "Filtering Columns").build())
                        .put("on_conflict", text("on_conflict", "query", "On Conflict").build())
                        .put("order", text("order", "query", "Ordering").build())
                        .put("range", text("Range", "header", "Limiting and Pagination").build())
                        .put(
                                "rangeUnit",
                                text("Range-Unit", "header", "Limiting and Pagination")
                                        .put("default", "items")
                                        .build())
                        .put("offset", text("offset", "query", "Limiting and Pagination").build())
                        .put("limit", text("limit", "query", "Limiting and Pagination").build());
        return LateMembers.of(all.build()).forEach(tables, Parameters::ofTable).object();
    }

    private static JsonObjectBuilder ofTable(Table table, JsonObjectBuilder all) {
        String name = table.name().name();
        all.put("body." + name, body(table));
        for (Column column : table.columns().values()) {
            all.put(
                    "rowFilter." + name + "." + column.name(),
                    text(column.name(), "query", column.comment()).build());
        }
        return all;
    }

    static JsonObject reference(String name) {
        return Schemas.reference("parameters", name);
    }

    private static JsonObject prefer(List<String> values) {
        return text("Prefer", "header", "Preference").put("enum", Schemas.strings(values)).build();
    }

    private static JsonObjectBuilder text(String name, String place, @Nullable String description) {
        return new JsonObjectBuilder()
                .put("name", name)
                .putIfPresent("description", description)
                .put("required", false)
                .put("in", place)
                .put("type", "string");
    }

    private static JsonObject body(Table table) {
        String name = table.name().name();
        return new JsonObjectBuilder()
                .put("name", name)
                .putIfPresent("description", table.comment())
                .put("required", false)
                .put("in", "body")
                .put("schema", Schemas.reference("definitions", name))
                .build();
    }
}
