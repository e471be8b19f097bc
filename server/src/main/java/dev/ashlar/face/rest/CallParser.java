package dev.ashlar.face.rest;

import dev.ashlar.face.rest.QueryString.Parameter;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.intent.Arguments;
import dev.ashlar.intent.Arguments.Whole.Kind;
import dev.ashlar.intent.RowSet;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonRows;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a function is called with, out of the body of a POST (PostgREST's reference, "Functions as
/// RPC").
final class CallParser {
    private CallParser() {}

    /// `columns` narrows which members of a JSON object are arguments.
    static Arguments arguments(HttpRequest request, List<String> columns) {
        String type = BodyReader.type(request);
        return switch (type) {
            case BodyReader.JSON -> json(BodyReader.text(request), columns);
            case "text/csv" -> {
                RowSet rows = BodyReader.rows(request, columns, RowSet.Missing.NULL);
                yield new Arguments.Json(rows.json(), rows.keys());
            }
            case "application/x-www-form-urlencoded" -> form(BodyReader.text(request));
            case "text/plain" -> new Arguments.Whole(text(request), Kind.TEXT);
            case "text/xml" -> new Arguments.Whole(text(request), Kind.XML);
            case "application/octet-stream" ->
                    new Arguments.Whole(
                            HexFormat.of().formatHex(request.body().getBytes()), Kind.BYTES);
            default -> throw new ProblemException(new RequestProblem.ContentTypeUnsupported(type));
        };
    }

    private static Arguments json(String body, List<String> columns) {
        if (body.isBlank()) {
            return new Arguments.Json("{}", List.of());
        }
        JsonRows outline;
        try {
            outline = JsonRows.scan(body);
        } catch (MalformedJsonException _) {
            // Any other JSON is for a routine that takes the body whole.
            requireJson(body);
            return new Arguments.Json(body, List.of());
        }
        List<String> names = columns.isEmpty() ? outline.keys() : columns;
        return new Arguments.Json(body, outline.uniform() ? names : List.of());
    }

    private static Arguments form(String body) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Parameter parameter : QueryString.parse(body)) {
            values.computeIfAbsent(parameter.name(), _ -> new ArrayList<>()).add(parameter.value());
        }
        return new Arguments.Texts(values);
    }

    /// No text of the database's holds NUL.
    private static String text(HttpRequest request) {
        String text = BodyReader.text(request);
        if (text.indexOf('\0') >= 0) {
            throw new ProblemException(new RequestProblem.BodyMalformed("The body holds NUL"));
        }
        return text;
    }

    private static void requireJson(String body) {
        try {
            Json.parse(body);
        } catch (MalformedJsonException _) {
            throw new ProblemException(new RequestProblem.BodyMalformed("Empty or invalid json"));
        }
    }
}
