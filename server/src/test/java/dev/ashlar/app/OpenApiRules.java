package dev.ashlar.app;

import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the specification of OpenAPI 3.1 and its published JSON Schema ask of a document, as far as
/// ours may use it. Unknown members are faults: whoever adds one adds its rule.
final class OpenApiRules {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9.\\-_]+");
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete");
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string", "integer");
    private static final Set<String> KEYWORDS =
            Set.of(
                    "$ref",
                    "type",
                    "format",
                    "items",
                    "properties",
                    "required",
                    "enum",
                    "default",
                    "description",
                    "maxLength",
                    "minimum",
                    "readOnly",
                    "oneOf",
                    "examples",
                    "x-postgresql-type");

    private final JsonObject document;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> operations = new HashSet<>();

    private OpenApiRules(JsonObject document) {
        this.document = document;
    }

    /// What is wrong, each with its place.
    static List<String> faults(JsonObject document) {
        OpenApiRules rules = new OpenApiRules(document);
        rules.document();
        return rules.faults;
    }

    private void document() {
        members(
                "#",
                document,
                Set.of("openapi", "info", "paths"),
                Set.of("servers", "components", "security", "externalDocs"));
        require(
                document.findText("openapi").orElse("").matches("3\\.1\\.\\d+"),
                "#/openapi is no version 3.1");
        JsonObject info = object("#", document, "info");
        members("#/info", info, Set.of("title", "version"), Set.of("description", "summary"));
        each(
                "#/servers",
                document,
                "servers",
                (at, server) -> {
                    members(at, server, Set.of("url"), Set.of("description"));
                    require(
                            !server.findText("url").orElse("/").endsWith("/"),
                            at + " ends with a slash");
                });
        object("#", document, "paths").members().forEach(this::path);
        JsonObject components = object("#", document, "components");
        components("schemas", components, this::schema);
        components("parameters", components, this::parameter);
        components("requestBodies", components, this::body);
        components("responses", components, this::response);
        components("securitySchemes", components, this::scheme);
        each(
                "#/security",
                document,
                "security",
                (at, one) ->
                        one.members()
                                .keySet()
                                .forEach(name ->
                                        require(
                                                find("#/components/securitySchemes/" + name)
                                                        != null,
                                                at + " names no scheme")));
    }

    private void path(String path, JsonValue item) {
        String at = "#/paths/" + path;
        require(path.startsWith("/") && path.matches("[!-z|~]+"), at + " is no path");
        JsonObject methods = asObject(at, item);
        methods.members()
                .forEach((method, value) -> {
                    require(METHODS.contains(method), at + " has " + method);
                    operation(at + "/" + method, asObject(at, value));
                });
        require(!methods.members().isEmpty(), at + " can nothing");
    }

    private void operation(String at, JsonObject operation) {
        members(
                at,
                operation,
                Set.of("responses", "operationId", "tags"),
                Set.of("summary", "description", "parameters", "requestBody"));
        String id = operation.findText("operationId").orElse("");
        require(operations.add(id), at + " has an operationId that is taken: " + id);
        Set<String> seen = new HashSet<>();
        each(
                at + "/parameters",
                operation,
                "parameters",
                (place, parameter) -> {
                    parameter(place, parameter);
                    JsonObject meant = resolved(place, parameter);
                    require(
                            seen.add(meant.findText("in") + " " + meant.findText("name")),
                            place + " is there twice");
                });
        operation
                .find("requestBody")
                .ifPresent(body -> body(at + "/requestBody", asObject(at, body)));
        JsonObject responses = object(at, operation, "responses");
        require(!responses.members().isEmpty(), at + " has no responses");
        responses
                .members()
                .forEach((status, response) -> {
                    require(
                            status.equals("default") || status.matches("[1-5]\\d\\d"),
                            at + " has a status " + status);
                    response(at + "/responses/" + status, asObject(at, response));
                });
    }

    private void parameter(String at, JsonObject given) {
        if (isReference(at, given)) {
            return;
        }
        members(
                at,
                given,
                Set.of("name", "in", "schema"),
                Set.of("description", "required", "explode"));
        require(
                Set.of("query", "header").contains(given.findText("in").orElse("")),
                at + " is in no place");
        schema(at + "/schema", object(at, given, "schema"));
    }

    private void body(String at, JsonObject body) {
        if (!isReference(at, body)) {
            members(at, body, Set.of("content"), Set.of("required", "description"));
            content(at, body);
        }
    }

    private void response(String at, JsonObject response) {
        if (!isReference(at, response)) {
            members(at, response, Set.of("description"), Set.of("content", "headers"));
            content(at, response);
        }
    }

    private void content(String at, JsonObject holder) {
        holder.findObject("content")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((type, media) -> {
                    require(type.matches("[a-z]+/[a-z0-9.+-]+"), at + " has a media type " + type);
                    JsonObject content = asObject(at, media);
                    members(at + "/" + type, content, Set.of("schema"), Set.of());
                    schema(at + "/" + type + "/schema", object(at, content, "schema"));
                });
    }

    private void scheme(String at, JsonObject scheme) {
        members(at, scheme, Set.of("type", "scheme"), Set.of("bearerFormat", "description"));
        require(scheme.findText("type").orElse("").equals("http"), at + " is of no type");
    }

    private void schema(String at, JsonObject schema) {
        if (isReference(at, schema)) {
            return;
        }
        members(at, schema, Set.of(), KEYWORDS);
        schema.find("type")
                .ifPresent(type -> {
                    List<JsonValue> types =
                            type instanceof JsonArray(List<JsonValue> several)
                                    ? several
                                    : List.of(type);
                    for (JsonValue one : types) {
                        require(
                                one instanceof JsonString(String name) && TYPES.contains(name),
                                at + " has a type " + Json.write(one));
                    }
                });
        schema.findObject("items").ifPresent(items -> schema(at + "/items", items));
        schema.findObject("properties")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((name, value) -> schema(at + "/properties/" + name, asObject(at, value)));
        each(at + "/oneOf", schema, "oneOf", this::schema);
        if (schema.members().get("required") instanceof JsonArray(List<JsonValue> names)) {
            JsonObject properties = schema.findObject("properties").orElse(JsonObject.EMPTY);
            require(
                    !names.isEmpty()
                            && names.stream()
                                    .allMatch(name ->
                                            name instanceof JsonString(String text)
                                                    && properties.members().containsKey(text)),
                    at + " requires what is no property");
        }
    }

    private boolean isReference(String at, JsonObject given) {
        if (given.find("$ref").isEmpty()) {
            return false;
        }
        String reference = given.findText("$ref").orElse("");
        require(find(reference) != null, at + " refers to nothing: " + reference);
        return true;
    }

    private JsonObject resolved(String at, JsonObject given) {
        return given.findText("$ref").map(reference -> asObject(at, find(reference))).orElse(given);
    }

    private @Nullable JsonValue find(String reference) {
        @Nullable JsonValue found = document;
        for (String name : reference.substring(Math.min(2, reference.length())).split("/")) {
            found =
                    found instanceof JsonObject(Map<String, JsonValue> members)
                            ? members.get(name)
                            : null;
        }
        return found;
    }

    private interface Rule {
        void check(String at, JsonObject value);
    }

    private void components(String kind, JsonObject components, Rule rule) {
        String at = "#/components/" + kind;
        components
                .findObject(kind)
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((name, value) -> {
                    require(KEY.matcher(name).matches(), at + " has the key " + name);
                    rule.check(at + "/" + name, asObject(at, value));
                });
    }

    private void each(String at, JsonObject holder, String name, Rule rule) {
        if (holder.find(name).isEmpty()) {
            return;
        }
        if (holder.members().get(name) instanceof JsonArray(List<JsonValue> elements)) {
            for (int i = 0; i < elements.size(); i++) {
                rule.check(at + "/" + i, asObject(at, elements.get(i)));
            }
        } else {
            faults.add(at + " is no array");
        }
    }

    private void members(String at, JsonObject object, Set<String> required, Set<String> allowed) {
        for (String name : required) {
            require(object.find(name).isPresent(), at + " lacks " + name);
        }
        object.members()
                .forEach((name, value) -> {
                    require(
                            required.contains(name) || allowed.contains(name),
                            at + " has an unknown member " + name);
                    require(!(value instanceof JsonNull), at + " has a null " + name);
                });
    }

    private JsonObject object(String at, JsonObject holder, String name) {
        return asObject(at + "/" + name, holder.members().get(name));
    }

    private JsonObject asObject(String at, @Nullable JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        faults.add(at + " is no object");
        return JsonObject.EMPTY;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
