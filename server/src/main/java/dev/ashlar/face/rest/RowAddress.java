package dev.ashlar.face.rest;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Table;
import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import dev.ashlar.identity.Role;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.DataProblem;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The plain address of one row, `/books/5` or `/loans/5,2026-01-31`: its table and primary key.
/// Read, replaced, changed or deleted there, it is the object itself, and 404 when there is none.
///
/// It is the same request written with filters.
final class RowAddress {
    private static final String OBJECT = "application/vnd.pgrst.object+json";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final Set<String> LIST_HEADERS = Set.of("Content-Range", "Content-Location");

    private RowAddress() {}

    /// The request with filters, when its path is the address of a row.
    ///
    /// `role` must be able to read the table to learn what its key is.
    static Optional<HttpRequest> find(
            HttpRequest request, Catalog catalog, String schema, Role role) {
        String path = request.subPath();
        int slash = path.indexOf('/', 1);
        if (slash < 0 || slash == path.length() - 1 || path.startsWith("/rpc/")) {
            return Optional.empty();
        }
        if (path.indexOf('/', slash + 1) >= 0) {
            return Optional.empty();
        }
        String name = QueryString.decode(path.substring(1, slash).replace("+", "%2B"));
        return catalog.findTable(new QualifiedName(schema, name))
                .filter(table -> table.readers().contains(role.name()))
                .map(table -> rewritten(request, table, path, slash));
    }

    private static HttpRequest rewritten(HttpRequest request, Table table, String path, int slash) {
        if (request.method().equals("POST")) {
            throw new ProblemException(new RequestProblem.MethodUnsupported("POST"));
        }
        List<String> columns = table.findPrimaryKey().map(Key::columns).orElse(List.of());
        List<String> values = new ArrayList<>();
        for (String value : path.substring(slash + 1).split(",", -1)) {
            values.add(QueryString.decode(value.replace("+", "%2B")));
        }
        if (columns.isEmpty() || values.size() != columns.size()) {
            throw new ProblemException(
                    new RequestProblem.RowAddressMalformed(table.name().name(), columns));
        }
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            query.append(i == 0 ? "" : "&").append(QueryString.encode(quoted(columns.get(i))));
            query.append("=eq.").append(QueryString.encode(values.get(i)));
        }
        if (!request.query().isEmpty()) {
            query.append('&').append(request.query());
        }
        return new RewrittenRequest(
                request,
                // Its tag is worth more than the reading of one row costs.
                request.method().equals("HEAD") ? "GET" : request.method(),
                path.substring(0, slash),
                query.toString(),
                headers(request),
                request.method().equals("PUT")
                        ? withKey(request.body(), columns, values)
                        : request.body());
    }

    private static String quoted(String column) {
        return '"' + column.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static List<HttpHeader> headers(HttpRequest request) {
        List<HttpHeader> headers = new ArrayList<>();
        for (HttpHeader header : request.headers()) {
            if (!header.name().equalsIgnoreCase("Accept")) {
                headers.add(header);
            }
        }
        headers.add(new HttpHeader("Accept", OBJECT));
        return headers;
    }

    /// Who replaces a row need not say its key again; one in the body that differs is refused as
    /// for any PUT. What is no object is left to the reader of bodies to refuse.
    private static Buffer withKey(Buffer body, List<String> columns, List<String> values) {
        JsonValue said;
        try {
            said = Json.parse(body.toString());
        } catch (MalformedJsonException _) {
            return body;
        }
        if (!(said instanceof JsonObject object)) {
            return body;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            if (object.find(columns.get(i)).isEmpty()) {
                text.append(text.isEmpty() ? "" : ",")
                        .append(Json.write(new JsonString(columns.get(i))))
                        .append(':')
                        .append(Json.write(new JsonString(values.get(i))));
            }
        }
        if (text.isEmpty()) {
            return body;
        }
        String rest = body.toString().strip().substring(1);
        return Buffer.buffer("{" + text + (object.members().isEmpty() ? "" : ",") + rest);
    }

    /// The answer under its plain type, and without the address of the same row in a list.
    static HttpResponse answered(HttpResponse response) {
        List<HttpHeader> headers = new ArrayList<>();
        for (HttpHeader header : response.headers()) {
            if (header.name().equalsIgnoreCase(CONTENT_TYPE)) {
                headers.add(new HttpHeader(CONTENT_TYPE, "application/json; charset=utf-8"));
            } else if (!LIST_HEADERS.contains(header.name())) {
                headers.add(header);
            }
        }
        return new HttpResponse(response.status(), headers, response.body());
    }

    /// That there is no row is another thing here than a list of the wrong length.
    static Throwable refusal(Throwable error) {
        return error instanceof ProblemException refused
                        && refused.problem() instanceof DataProblem.NotSingular(long rows)
                        && rows == 0
                ? new ProblemException(new DataProblem.RowNotFound())
                : error;
    }
}
