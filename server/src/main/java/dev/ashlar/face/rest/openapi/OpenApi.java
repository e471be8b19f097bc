package dev.ashlar.face.rest.openapi;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Routine;
import dev.ashlar.catalog.Table;
import dev.ashlar.identity.Role;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One document of the API: what an exposed schema holds, as far as it is shown to a role, in the
/// form of PostgREST's own (OpenAPI 2.0) or of OpenAPI 3.1.
public final class OpenApi {
    static final List<String> MEDIA_TYPES =
            List.of(
                    "application/json",
                    "application/vnd.pgrst.object+json;nulls=stripped",
                    "application/vnd.pgrst.object+json",
                    "text/csv");

    private static final String REFERENCE = "https://docs.postgrest.org/en/v16/references/api.html";

    private final Catalog catalog;
    private final View view;

    /// Whether what the role may not use is shown too.
    public enum Visibility {
        ALLOWED_ONLY,
        EVERYTHING
    }

    /// The version of OpenAPI.
    public enum Form {
        SWAGGER_2,
        OPENAPI_3_1
    }

    /// Whether the document says how callers show who they are.
    public enum Security {
        SILENT,
        TOLD
    }

    /// Of which schema, for whom, and where the API is: `address` has scheme, host, and the path
    /// that all others are below.
    public record View(
            String schema,
            Role role,
            Visibility visibility,
            Security security,
            URI address,
            String version,
            Form form) {}

    private OpenApi(Catalog catalog, View view) {
        this.catalog = catalog;
        this.view = view;
    }

    /// The document as JSON text in UTF-8.
    public static byte[] document(Catalog catalog, View view) {
        OpenApi made = new OpenApi(catalog, view);
        return Json.writeBytes(
                switch (view.form()) {
                    case SWAGGER_2 -> made.swagger();
                    case OPENAPI_3_1 -> made.openApi();
                });
    }

    private JsonObject openApi() {
        List<Table> tables = tables();
        JsonObject server =
                new JsonObjectBuilder().put("url", withoutSlash(view.address().toString())).build();
        JsonObject token = new JsonObjectBuilder().put("JWT", new JsonArray(List.of())).build();
        return new JsonObjectBuilder()
                .put("openapi", "3.1.0")
                .put("info", information())
                .put("servers", new JsonArray(List.of(server)))
                .put("paths", Paths31.of(tables, routines()))
                .put("components", Components31.of(tables, catalog))
                .put(
                        "security",
                        new JsonArray(
                                view.security() == Security.TOLD
                                        ? List.of(token)
                                        : List.of(JsonObject.EMPTY, token)))
                .put("externalDocs", reference())
                .build();
    }

    /// Paths begin with a slash of their own.
    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static JsonObject reference() {
        return new JsonObjectBuilder()
                .put("description", "PostgREST Documentation")
                .put("url", REFERENCE)
                .build();
    }

    private JsonObject swagger() {
        List<Table> tables = tables();
        List<Routine> routines = routines();
        JsonObjectBuilder document =
                new JsonObjectBuilder()
                        .put("swagger", "2.0")
                        .put("info", information())
                        .put("host", host(view.address()))
                        .put("basePath", basePath(view.address()))
                        .put("schemes", Schemas.strings(List.of(view.address().getScheme())))
                        .put("consumes", Schemas.strings(MEDIA_TYPES))
                        .put("produces", Schemas.strings(MEDIA_TYPES))
                        .put("paths", Paths.of(tables, routines))
                        .put("definitions", definitions(tables))
                        .put("parameters", Parameters.of(tables))
                        .put("externalDocs", reference());
        if (view.security() == Security.TOLD) {
            document.put("securityDefinitions", token());
            document.put(
                    "security",
                    new JsonArray(
                            List.of(
                                    new JsonObjectBuilder()
                                            .put("JWT", new JsonArray(List.of()))
                                            .build())));
        }
        return document.build();
    }

    private List<Table> tables() {
        return catalog.tables().values().stream()
                .filter(table -> table.name().schema().equals(view.schema()))
                .filter(table ->
                        view.visibility() == Visibility.EVERYTHING
                                || table.users().contains(view.role().name()))
                .sorted(Comparator.comparing((Table table) -> table.name().name()))
                .toList();
    }

    /// One of each name: a path is listed once. Routines with unnamed arguments cannot be called by
    /// name.
    private List<Routine> routines() {
        return catalog.routines().entrySet().stream()
                .filter(entry -> entry.getKey().schema().equals(view.schema()))
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .flatMap(entry ->
                        entry.getValue().stream().filter(this::isShown).findFirst().stream())
                .toList();
    }

    private boolean isShown(Routine routine) {
        boolean named = routine.arguments().stream().noneMatch(one -> one.name().isEmpty());
        boolean allowed =
                view.visibility() == Visibility.EVERYTHING
                        || routine.callers().contains(view.role().name());
        return allowed && (named || routine.arguments().size() == 1);
    }

    private JsonObject definitions(List<Table> tables) {
        return LateMembers.of(JsonObject.EMPTY)
                .forEach(
                        tables,
                        (table, all) ->
                                all.put(table.name().name(), Schemas.definition(table, catalog)))
                .object();
    }

    private JsonObject information() {
        Optional<Comment> comment =
                Optional.ofNullable(catalog.surroundings().schemaComments().get(view.schema()))
                        .map(Comment::of);
        return new JsonObjectBuilder()
                .put("title", comment.map(Comment::summary).orElse("Ashlar API"))
                .put(
                        "description",
                        comment.map(text ->
                                        text.description() == null
                                                ? text.summary()
                                                : text.description())
                                .orElse("This is a dynamic API generated by Ashlar"))
                .put("version", view.version())
                .build();
    }

    private static String host(URI address) {
        int port = address.getPort();
        String name = String.valueOf(address.getHost());
        int usual = "https".equals(address.getScheme()) ? 443 : 80;
        return name + ":" + (port < 0 ? usual : port);
    }

    private static String basePath(URI address) {
        String path = address.getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static JsonObject token() {
        return new JsonObjectBuilder()
                .put(
                        "JWT",
                        new JsonObjectBuilder()
                                .put(
                                        "description",
                                        "Add the token prepending \"Bearer \" (without quotes) in front of it")
                                .put("type", "apiKey")
                                .put("name", "Authorization")
                                .put("in", "header")
                                .build())
                .build();
    }
}
