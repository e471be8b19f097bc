package dev.ashlar.face.rest.openapi;

import static dev.ashlar.face.rest.openapi.Names31.key;
import static dev.ashlar.face.rest.openapi.Names31.reference;
import static dev.ashlar.face.rest.openapi.Names31.segment;

import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Table;
import dev.ashlar.catalog.Table.Write;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The paths of an OpenAPI 3.1 document.
final class Paths31 {
    static final String JSON = "application/json";
    static final String OBJECT = "application/vnd.pgrst.object+json";
    static final String CSV = "text/csv";

    private final Set<String> described;

    private Paths31(Set<String> described) {
        this.described = described;
    }

    static JsonObject of(List<Table> tables, List<Routine> routines) {
        Set<String> described =
                tables.stream().map(table -> table.name().name()).collect(Collectors.toSet());
        Paths31 made = new Paths31(described);
        return LateMembers.of(new JsonObjectBuilder().put("/", made.root()).build())
                .forEach(
                        tables,
                        (table, paths) ->
                                paths.put("/" + segment(table.name().name()), made.table(table)))
                .forEach(
                        routines,
                        (routine, paths) ->
                                paths.put(
                                        "/rpc/" + segment(routine.name().name()),
                                        made.routine(routine)))
                .object();
    }

    private JsonObject root() {
        JsonObject any = new JsonObjectBuilder().put("type", "object").build();
        return new JsonObjectBuilder()
                .put(
                        "get",
                        operation("Introspection", "describe", "This document", null)
                                .put("responses", answers("200", "OK", content(JSON, any)))
                                .build())
                .build();
    }

    private JsonObject table(Table table) {
        String name = key(table.name().name());
        List<JsonValue> filters = filters(table);
        JsonObjectBuilder methods = new JsonObjectBuilder();
        methods.put(
                "get",
                of(table, "read")
                        .put(
                                "parameters",
                                with(
                                        filters,
                                        "select",
                                        "order",
                                        "limit",
                                        "offset",
                                        "range",
                                        "preferCount"))
                        .put("responses", read(name))
                        .build());
        if (table.writes().contains(Write.INSERT)) {
            methods.put(
                    "post",
                    of(table, "insert")
                            .put(
                                    "parameters",
                                    with(
                                            List.of(),
                                            "select",
                                            "columns",
                                            "on_conflict",
                                            "preferInsert"))
                            .put("requestBody", reference("requestBodies", name))
                            .put("responses", written("201", "Created", name))
                            .build());
        }
        if (table.writes().contains(Write.UPDATE)) {
            methods.put(
                    "patch",
                    of(table, "update")
                            .put("parameters", with(filters, "select", "columns", "preferWrite"))
                            .put("requestBody", change(name))
                            .put("responses", written("204", "No Content", name))
                            .build());
        }
        if (table.writes().contains(Write.DELETE)) {
            methods.put(
                    "delete",
                    of(table, "delete")
                            .put("parameters", with(filters, "select", "preferWrite"))
                            .put("responses", written("204", "No Content", name))
                            .build());
        }
        return methods.build();
    }

    private static List<JsonValue> filters(Table table) {
        List<JsonValue> filters = new ArrayList<>();
        for (Column column : table.columns().values()) {
            filters.add(reference("parameters", filter(table, column)));
        }
        return filters;
    }

    /// The key of a column's filter among the parameters.
    static String filter(Table table, Column column) {
        return "rowFilter." + key(table.name().name()) + "." + key(column.name());
    }

    private static JsonObject read(String name) {
        JsonObject rows = rows(name);
        return new JsonObjectBuilder()
                .put("200", response("OK", rows))
                .put("206", response("Partial Content", rows))
                .put("default", reference("responses", "pgrst.error"))
                .build();
    }

    private static JsonObject written(String status, String text, String name) {
        JsonObjectBuilder responses = new JsonObjectBuilder();
        if (!status.equals("201")) {
            responses.put("200", response("OK, with Prefer: return=representation", rows(name)));
            responses.put(status, response(text, null));
        } else {
            responses.put(status, response(text, rows(name)));
        }
        return responses.put("default", reference("responses", "pgrst.error")).build();
    }

    /// Rows in each of the forms that they can be had in.
    private static JsonObject rows(String name) {
        JsonObject row = reference("schemas", name);
        return new JsonObjectBuilder()
                .put(JSON, schema(array(row)))
                .put(OBJECT, schema(row))
                .put(CSV, schema(new JsonObjectBuilder().put("type", "string").build()))
                .build();
    }

    private static JsonObject change(String name) {
        return new JsonObjectBuilder()
                .put("required", true)
                .put("content", content(JSON, reference("schemas", name + ".change")))
                .build();
    }

    private static JsonObjectBuilder of(Table table, String action) {
        String name = table.name().name();
        return operation(name, key(name) + "." + action, null, table.comment());
    }

    private static JsonObjectBuilder operation(
            String tag, String id, @Nullable String summary, @Nullable String comment) {
        Comment said = comment == null ? null : Comment.of(comment);
        return new JsonObjectBuilder()
                .put("tags", Schemas.strings(List.of(tag)))
                .put("operationId", id)
                .putIfPresent("summary", said == null ? summary : said.summary())
                .putIfPresent("description", said == null ? null : said.description());
    }

    private JsonObject routine(Routine routine) {
        JsonObjectBuilder methods = new JsonObjectBuilder();
        boolean named = routine.arguments().stream().noneMatch(one -> one.name().isEmpty());
        if (named && routine.volatility() != Routine.Volatility.VOLATILE) {
            List<JsonValue> arguments =
                    routine.arguments().stream()
                            .<JsonValue>map(one -> inQuery(one, isVariadic(routine, one)))
                            .toList();
            methods.put(
                    "get",
                    call(routine, "get").put("parameters", new JsonArray(arguments)).build());
        }
        return methods.put(
                        "post", call(routine, "post").put("requestBody", inBody(routine)).build())
                .build();
    }

    private JsonObjectBuilder call(Routine routine, String method) {
        String name = routine.name().name();
        JsonObjectBuilder operation =
                operation(
                        "(rpc) " + name,
                        "rpc." + key(name) + "." + method,
                        null,
                        routine.comment());
        return routine.returns().isVoid()
                ? operation.put("responses", answers("204", "No Content", null))
                : operation.put("responses", answers("200", "OK", content(JSON, result(routine))));
    }

    private JsonObject result(Routine routine) {
        Routine.Returns returns = routine.returns();
        QualifiedName table = returns.table();
        JsonObject one =
                table != null && described.contains(table.name())
                        ? reference("schemas", key(table.name()))
                        : returns.composite()
                                ? columns(returns.columns())
                                : Schemas31.of(returns.type());
        return returns.set() ? array(one) : one;
    }

    private static JsonObject columns(List<Column> columns) {
        JsonObjectBuilder properties = new JsonObjectBuilder();
        columns.forEach(column -> properties.put(column.name(), Schemas31.of(column.baseType())));
        return new JsonObjectBuilder()
                .put("type", "object")
                .put("properties", properties.build())
                .build();
    }

    private static boolean isVariadic(Routine routine, Routine.Argument argument) {
        return routine.variadic() && argument.equals(routine.arguments().getLast());
    }

    private static JsonObject inQuery(Routine.Argument argument, boolean variadic) {
        JsonObjectBuilder parameter =
                new JsonObjectBuilder()
                        .put("name", argument.name())
                        .put("in", "query")
                        .put("required", argument.required());
        if (variadic) {
            parameter.put("explode", true);
        }
        return parameter.put("schema", Schemas31.of(argument.type())).build();
    }

    private static JsonObject inBody(Routine routine) {
        List<Routine.Argument> arguments = routine.arguments();
        boolean whole = arguments.size() == 1 && arguments.getFirst().name().isEmpty();
        JsonObject schema =
                whole ? Schemas31.of(arguments.getFirst().type()) : arguments(arguments);
        return new JsonObjectBuilder()
                .put("required", arguments.stream().anyMatch(Routine.Argument::required))
                .put("content", content(JSON, schema))
                .build();
    }

    private static JsonObject arguments(List<Routine.Argument> arguments) {
        JsonObjectBuilder properties = new JsonObjectBuilder();
        List<String> required = new ArrayList<>();
        for (Routine.Argument argument : arguments) {
            properties.put(argument.name(), Schemas31.of(argument.type()));
            if (argument.required()) {
                required.add(argument.name());
            }
        }
        JsonObjectBuilder schema = new JsonObjectBuilder().put("type", "object");
        if (!required.isEmpty()) {
            schema.put("required", Schemas.strings(required));
        }
        return schema.put("properties", properties.build()).build();
    }

    private static JsonObject answers(String status, String text, @Nullable JsonObject content) {
        return new JsonObjectBuilder()
                .put(status, response(text, content))
                .put("default", reference("responses", "pgrst.error"))
                .build();
    }

    static JsonObject response(String text, @Nullable JsonObject content) {
        JsonObjectBuilder response = new JsonObjectBuilder().put("description", text);
        return content == null ? response.build() : response.put("content", content).build();
    }

    static JsonObject content(String type, JsonObject schema) {
        return new JsonObjectBuilder().put(type, schema(schema)).build();
    }

    private static JsonObject schema(JsonObject schema) {
        return new JsonObjectBuilder().put("schema", schema).build();
    }

    static JsonObject array(JsonObject items) {
        return new JsonObjectBuilder().put("type", "array").put("items", items).build();
    }

    private static JsonArray with(List<JsonValue> parameters, String... more) {
        List<JsonValue> all = new ArrayList<>(parameters);
        for (String name : more) {
            all.add(reference("parameters", name));
        }
        return new JsonArray(all);
    }
}
