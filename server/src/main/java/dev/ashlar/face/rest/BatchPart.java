package dev.ashlar.face.rest;

import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads one request of a batch: what the whole batch came with, and its own method, path, headers
/// and body.
final class BatchPart {
    private static final Set<String> MEMBERS = Set.of("id", "method", "path", "headers", "body");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /// A write answers its rows unless it is told otherwise, so that later parts can use them.
    private static final HttpHeader ROWS = new HttpHeader("Prefer", "return=representation");

    private BatchPart() {}

    /// `part` has its references resolved already.
    static HttpRequest of(HttpRequest whole, JsonObject part) {
        for (String member : part.members().keySet()) {
            if (!MEMBERS.contains(member)) {
                throw refused("A part has no member '" + member + "'");
            }
        }
        String method = part.findText("method").orElse("GET").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw refused("A part's method is one of GET, HEAD, POST, PUT, PATCH and DELETE");
        }
        String path = part.findText("path").orElse("");
        if (!path.startsWith("/") || path.startsWith("/" + Batch.NAME)) {
            throw refused("A part's path starts with / and names a table or /rpc/ a function");
        }
        List<HttpHeader> headers = headers(part);
        if (!method.equals("GET") && headers.stream().noneMatch(BatchPart::isPreference)) {
            headers.add(ROWS);
        }
        Buffer body =
                part.find("body")
                        .map(value -> Buffer.buffer(Json.write(value)))
                        .orElseGet(Buffer::buffer);
        int mark = path.indexOf('?');
        return new RewrittenRequest(
                whole,
                method,
                mark < 0 ? path : path.substring(0, mark),
                mark < 0 ? "" : path.substring(mark + 1),
                headers,
                body);
    }

    private static boolean isPreference(HttpHeader header) {
        return header.name().equalsIgnoreCase("Prefer");
    }

    private static List<HttpHeader> headers(JsonObject part) {
        List<HttpHeader> headers = new ArrayList<>();
        JsonValue given = part.members().get("headers");
        if (given == null) {
            return headers;
        }
        if (!(given instanceof JsonObject object)) {
            throw refused("A part's headers are an object of texts");
        }
        object.members()
                .forEach((name, value) -> {
                    if (!(value instanceof JsonString(String text))) {
                        throw refused("A part's headers are an object of texts");
                    }
                    headers.add(new HttpHeader(name, text));
                });
        return headers;
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(new RequestProblem.BodyMalformed(reason));
    }
}
