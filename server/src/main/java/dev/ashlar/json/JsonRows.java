package dev.ashlar.json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The outline of a text that holds rows: one object, or an array of objects. Values are skipped,
/// not built.
///
/// `keys` are those of the first object in the order written; `uniform` tells whether all objects
/// have the same.
public record JsonRows(boolean array, int count, List<String> keys, boolean uniform) {

    /// Checks the whole text; what is not an object or an array of objects is malformed.
    public static JsonRows scan(String text) throws MalformedJsonException {
        try (JsonParser parser = Json.parser(text)) {
            JsonRows rows = scan(parser);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("There is text after the end of the JSON value");
            }
            return rows;
        } catch (JacksonException e) {
            throw new MalformedJsonException(e.getOriginalMessage());
        }
    }

    private static JsonRows scan(JsonParser parser) throws MalformedJsonException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            return new JsonRows(false, 1, keys(parser), true);
        }
        if (first != JsonToken.START_ARRAY) {
            throw new MalformedJsonException("An object or an array of objects is expected");
        }
        List<String> keys = List.of();
        Set<String> expected = Set.of();
        boolean uniform = true;
        int count = 0;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            List<String> own = keys(parser);
            if (count++ == 0) {
                keys = own;
                expected = new LinkedHashSet<>(own);
            } else {
                uniform &= own.size() == expected.size() && expected.containsAll(own);
            }
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw new MalformedJsonException("An array may hold only objects here");
        }
        return new JsonRows(true, count, keys, uniform);
    }

    private static List<String> keys(JsonParser parser) {
        List<String> keys = new ArrayList<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            keys.add(parser.currentName());
            parser.nextToken();
            parser.skipChildren();
        }
        return keys;
    }
}
