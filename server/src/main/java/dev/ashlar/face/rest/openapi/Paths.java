package dev.ashlar.face.rest.openapi;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Table;
import dev.ashlar.catalog.Table.Write;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The paths of the API and what can be done at each.
final class Paths {
    private static final List<String> DOCUMENT_TYPES =
            List.of("application/openapi+json", "application/json");
    private static final JsonObject OK = response("OK");

    private Paths() {}

    static JsonObject of(List<Table> tables, List<Routine> routines) {
        return LateMembers.of(one("/", one("get", root())))
                .forEach(
                        tables,
                        (table, paths) -> paths.put("/" + table.name().name(), table(table)))
                .forEach(
                        routines,
                        (routine, paths) ->
                                paths.put("/rpc/" + routine.name().name(), routine(routine)))
                .object();
    }

    private static JsonObject root() {
        return operation("Introspection", "OpenAPI description (this document)", null)
                .put("produces", Schemas.strings(DOCUMENT_TYPES))
                .put("responses", one("200", OK))
                .build();
    }

    private static JsonObject table(Table table) {
        String name = table.name().name();
        List<JsonValue> filters = new ArrayList<>();
        for (Column column : table.columns().values()) {
            filters.add(Parameters.reference("rowFilter." + name + "." + column.name()));
        }
        JsonObjectBuilder methods = new JsonObjectBuilder().put("get", read(table, filters));
        JsonValue body = Parameters.reference("body." + name);
        if (table.writes().contains(Write.INSERT)) {
            JsonArray parameters =
                    new JsonArray(
                            List.of(
                                    body,
                                    Parameters.reference("select"),
                                    Parameters.reference("preferPost")));
            methods.put("post", write(table, parameters, "201", "Created"));
        }
        if (table.writes().contains(Write.DELETE)) {
            methods.put("delete", write(table, with(filters, "preferReturn"), "204", "No Content"));
        }
        if (table.writes().contains(Write.UPDATE)) {
            List<JsonValue> all = new ArrayList<>(filters);
            all.add(body);
            methods.put("patch", write(table, with(all, "preferReturn"), "204", "No Content"));
        }
        return methods.build();
    }

    private static JsonObject read(Table table, List<JsonValue> filters) {
        JsonObject rows =
                new JsonObjectBuilder()
                        .put("items", Schemas.reference("definitions", table.name().name()))
                        .put("type", "array")
                        .build();
        JsonObject responses =
                new JsonObjectBuilder()
                        .put(
                                "200",
                                new JsonObjectBuilder()
                                        .put("description", "OK")
                                        .put("schema", rows)
                                        .build())
                        .put("206", response("Partial Content"))
                        .build();
        return of(table)
                .put(
                        "parameters",
                        with(
                                filters,
                                "select",
                                "order",
                                "range",
                                "rangeUnit",
                                "offset",
                                "limit",
                                "preferCount"))
                .put("responses", responses)
                .build();
    }

    private static JsonObject write(
            Table table, JsonArray parameters, String status, String description) {
        return of(table)
                .put("parameters", parameters)
                .put("responses", one(status, response(description)))
                .build();
    }

    private static JsonObjectBuilder of(Table table) {
        return operation(table.name().name(), null, table.comment());
    }

    /// A comment's first line is the summary when there is no other.
    private static JsonObjectBuilder operation(
            String tag, @Nullable String summary, @Nullable String comment) {
        Comment said = comment == null ? null : Comment.of(comment);
        return new JsonObjectBuilder()
                .put("tags", Schemas.strings(List.of(tag)))
                .putIfPresent("summary", said == null ? summary : said.summary())
                .putIfPresent("description", said == null ? null : said.description());
    }

    private static JsonObject routine(Routine routine) {
        JsonObjectBuilder methods = new JsonObjectBuilder();
        if (routine.volatility() != Routine.Volatility.VOLATILE) {
            List<JsonValue> arguments = new ArrayList<>();
            Routine.Argument last = routine.variadic() ? routine.arguments().getLast() : null;
            for (Routine.Argument argument : routine.arguments()) {
                arguments.add(argument.equals(last) ? variadic(argument) : inQuery(argument));
            }
            methods.put("get", call(routine, new JsonArray(arguments)));
        }
        JsonArray parameters =
                new JsonArray(List.of(inBody(routine), Parameters.reference("preferParams")));
        return methods.put("post", call(routine, parameters)).build();
    }

    private static JsonObject call(Routine routine, JsonArray parameters) {
        return operation("(rpc) " + routine.name().name(), null, routine.comment())
                .put("produces", Schemas.strings(OpenApi.MEDIA_TYPES.subList(0, 3)))
                .put("parameters", parameters)
                .put("responses", one("200", OK))
                .build();
    }

    private static JsonObject inQuery(Routine.Argument argument) {
        return Schemas.typed(queried(argument), argument.type()).build();
    }

    /// A variadic argument is given several times.
    private static JsonObject variadic(Routine.Argument argument) {
        JsonObjectBuilder element = new JsonObjectBuilder();
        return queried(argument)
                .put("collectionFormat", "multi")
                .put("type", "array")
                .put("items", Schemas.typed(element, Schemas.element(argument.type())).build())
                .build();
    }

    private static JsonObjectBuilder queried(Routine.Argument argument) {
        return new JsonObjectBuilder()
                .put("name", argument.name())
                .put("required", argument.required())
                .put("in", "query");
    }

    private static JsonObject inBody(Routine routine) {
        JsonObjectBuilder properties = new JsonObjectBuilder();
        List<String> required = new ArrayList<>();
        for (Routine.Argument argument : routine.arguments()) {
            properties.put(
                    argument.name(),
                    Schemas.typed(new JsonObjectBuilder(), argument.type()).build());
            if (argument.required()) {
                required.add(argument.name());
            }
        }
        JsonObjectBuilder schema = new JsonObjectBuilder();
        if (!required.isEmpty()) {
            schema.put("required", Schemas.strings(required));
        }
        schema.putIfPresent("description", routine.comment());
        schema.put("properties", properties.build()).put("type", "object");
        return new JsonObjectBuilder()
                .put("required", true)
                .put("in", "body")
                .put("name", "args")
                .put("schema", schema.build())
                .build();
    }

    private static JsonArray with(List<JsonValue> parameters, String... more) {
        List<JsonValue> all = new ArrayList<>(parameters);
        for (String name : more) {
            all.add(Parameters.reference(name));
        }
        return new JsonArray(all);
    }

    private static JsonObject one(String name, JsonObject value) {
        return new JsonObjectBuilder().put(name, value).build();
    }

    private static JsonObject response(String description) {
        return new JsonObjectBuilder().put("description", description).build();
    }
}
