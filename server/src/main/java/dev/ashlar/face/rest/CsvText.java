package dev.ashlar.face.rest;

import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;

/// Takes CSV apart (RFC 4180), line by line. A field `NULL` is null, in quotes too; an empty one is
/// an empty text. Lines without any text are none.
final class CsvText {
    private static final String NULL = "NULL";

    private final String text;
    private int at;

    CsvText(String text) {
        // A mark that some programs put before UTF-8.
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// The next line's fields; empty at the end.
    List<JsonValue> line() {
        while (at < text.length() && isLineEnd(text.charAt(at))) {
            at++;
        }
        List<JsonValue> fields = new ArrayList<>();
        if (at == text.length()) {
            return fields;
        }
        fields.add(field());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            fields.add(field());
        }
        return fields;
    }

    private JsonValue field() {
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            return value(quoted() + plain());
        }
        return value(plain());
    }

    private static JsonValue value(String field) {
        return field.equals(NULL) ? JsonNull.NULL : new JsonString(field);
    }

    private String plain() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && !isLineEnd(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /// Up to the closing quote; two quotes in a row are one that is meant.
    private String quoted() {
        StringBuilder field = new StringBuilder();
        while (true) {
            int end = text.indexOf('"', at);
            if (end < 0) {
                throw BodyReader.malformed("A quoted CSV field does not end");
            }
            field.append(text, at, end);
            at = end + 1;
            if (at == text.length() || text.charAt(at) != '"') {
                return field.toString();
            }
            field.append('"');
            at++;
        }
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
