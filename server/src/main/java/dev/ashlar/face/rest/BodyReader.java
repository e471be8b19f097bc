package dev.ashlar.face.rest;

import dev.ashlar.http.HttpRequest;
import dev.ashlar.intent.RowSet;
import dev.ashlar.intent.RowSet.Missing;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonRows;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import dev.ashlar.json.MalformedJsonException;
import dev.ashlar.problem.ProblemException;
import dev.ashlar.problem.RequestProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the body of a write as rows, by its content type: JSON, CSV with a line of column names,
/// or a form. The rows of each become JSON, whose texts the database takes for any type.
final class BodyReader {
    static final String JSON = "application/json";
    private static final char REPLACEMENT = '\ufffd';
    private static final long CSV_ROOM = 1 << 20;
    private static final long CSV_GROWTH = 8;

    private BodyReader() {}

    /// In lower case and without parameters; a body without a type is taken for JSON.
    static String type(HttpRequest request) {
        String header = request.findHeader("Content-Type").orElse("");
        int end = header.indexOf(';');
        String type =
                (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.equals("*/*") ? JSON : type;
    }

    /// `columns` are those that the caller wants written, empty for all that the body holds.
    static RowSet rows(HttpRequest request, List<String> columns, Missing missing) {
        String type = type(request);
        List<String> chosen = columns.stream().distinct().toList();
        return switch (type) {
            case JSON, "application/vnd.pgrst.object+json", "application/vnd.pgrst.array+json" ->
                    json(text(request), chosen, missing);
            case "text/csv" -> csv(text(request), chosen, missing);
            case "application/x-www-form-urlencoded" -> form(text(request), chosen, missing);
            default -> throw new ProblemException(new RequestProblem.ContentTypeUnsupported(type));
        };
    }

    static String text(HttpRequest request) {
        // Reading at once puts U+FFFD in the place of what is no UTF-8, and takes a third of the
        // time and memory of the decoder that tells.
        String text = request.body().toString(StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : strictly(request);
    }

    private static String strictly(HttpRequest request) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(request.body().getBytes()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw malformed("The body is not UTF-8");
        }
    }

    private static RowSet json(String body, List<String> columns, Missing missing) {
        JsonRows outline;
        try {
            outline = JsonRows.scanValues(body);
        } catch (MalformedJsonException _) {
            throw malformed("Empty or invalid json");
        }
        if (columns.isEmpty() && !outline.uniform()) {
            throw malformed("All object keys must match");
        }
        RowSet.Form form = outline.array() ? RowSet.Form.MANY : RowSet.Form.ONE;
        List<String> keys = columns.isEmpty() ? outline.keys() : columns;
        return new RowSet(
                body,
                form,
                keys,
                outline.count(),
                missing,
                Set.copyOf(outline.keys()),
                outline.plain());
    }

    private static RowSet csv(String body, List<String> columns, Missing missing) {
        CsvText csv = new CsvText(body);
        List<String> names = new ArrayList<>();
        for (JsonValue name : csv.line()) {
            names.add(name instanceof JsonString(String text) ? text : "NULL");
        }
        if (names.isEmpty()) {
            throw malformed("A CSV body starts with a line of column names");
        }
        StringBuilder rows = new StringBuilder(body.length() * 2).append('[');
        // Each row repeats the names: long ones must not make much of little.
        long most = CSV_ROOM + CSV_GROWTH * body.length();
        int count = 0;
        for (List<JsonValue> line = csv.line(); !line.isEmpty(); line = csv.line()) {
            rows.append(count++ == 0 ? "" : ",").append(Json.write(object(names, line)));
            if (rows.length() > most) {
                throw malformed("The column names are too long for so many rows: send JSON");
            }
        }
        List<String> keys = columns.isEmpty() ? names.stream().distinct().toList() : columns;
        String json = rows.append(']').toString();
        return new RowSet(
                json,
                RowSet.Form.MANY,
                keys,
                count,
                missing,
                Set.copyOf(names),
                JsonRows.findValues(json).orElse(null));
    }

    private static JsonObject object(List<String> names, List<JsonValue> fields) {
        if (fields.size() != names.size()) {
            throw malformed("All lines must have same number of fields");
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            members.put(names.get(i), fields.get(i));
        }
        return new JsonObject(members);
    }

    private static RowSet form(String body, List<String> columns, Missing missing) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (QueryString.Parameter parameter : QueryString.parse(body.strip())) {
            members.put(parameter.name(), new JsonString(parameter.value()));
        }
        List<String> keys = columns.isEmpty() ? List.copyOf(members.keySet()) : columns;
        String json = Json.write(new JsonObject(members));
        return new RowSet(
                json,
                RowSet.Form.ONE,
                keys,
                1,
                missing,
                Set.copyOf(members.keySet()),
                JsonRows.findValues(json).orElse(null));
    }

    static ProblemException malformed(String reason) {
        return new ProblemException(new RequestProblem.BodyMalformed(reason));
    }
}
