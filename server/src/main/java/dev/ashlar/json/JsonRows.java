package dev.ashlar.json;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The outline of a text that holds rows: one object, or an array of objects. Values are skipped,
/// not built.
///
/// `keys` are those of all objects in the order written; `uniform` tells whether each object has
/// all of them. `plain` are their values, if they were wanted and what is there is rows.
public record JsonRows(
        boolean array, int count, List<String> keys, boolean uniform, @Nullable PlainRows plain) {

    /// Longer texts keep no values, which would have to be in memory beside them.
    private static final int LARGE = 1024 * 1024;

    /// Checks the whole text; what is neither an object nor an array is malformed.
    public static JsonRows scan(String text) throws MalformedJsonException {
        return scan(text, PlainRows.Collector.none());
    }

    /// The same, with the values.
    public static JsonRows scanValues(String text) throws MalformedJsonException {
        boolean large = text.length() > LARGE;
        return scan(text, large ? PlainRows.Collector.none() : PlainRows.Collector.of(text));
    }

    /// The values alone.
    public static Optional<PlainRows> findValues(String text) {
        try {
            return text.length() > LARGE
                    ? Optional.empty()
                    : Optional.ofNullable(scanValues(text).plain());
        } catch (MalformedJsonException _) {
            return Optional.empty();
        }
    }

    private static JsonRows scan(String text, PlainRows.Collector values)
            throws MalformedJsonException {
        try (JsonParser parser = Json.lenientParser(text)) {
            JsonRows rows = scan(parser, values);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("There is text after the end of the JSON value");
            }
            return rows;
        } catch (JacksonException e) {
            throw new MalformedJsonException(e.getOriginalMessage());
        }
    }

    private static JsonRows scan(JsonParser parser, PlainRows.Collector values)
            throws MalformedJsonException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            List<String> keys = List.copyOf(rest(parser, new LinkedHashSet<>(), values));
            return new JsonRows(false, 1, keys, true, values.rows());
        }
        if (first != JsonToken.START_ARRAY) {
            throw new MalformedJsonException("An object or an array of objects is expected");
        }
        Set<String> keys = new LinkedHashSet<>();
        boolean uniform = true;
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                values.giveUp();
                uniform = false;
                count++;
                continue;
            }
            count++;
            if (count == 1) {
                keys.addAll(rest(parser, new LinkedHashSet<>(), values));
                continue;
            }
            Optional<Set<String>> other = findOtherKeys(parser, keys, values);
            if (other.isPresent()) {
                uniform &= other.get().size() == keys.size();
                // Of an object with as many keys, a new one shows that it leaves another out.
                uniform &= !keys.addAll(other.get());
            }
        }
        return new JsonRows(true, count, List.copyOf(keys), uniform, values.rows());
    }

    /// The keys of an object, unless it has just the expected ones in their order, as those of an
    /// array mostly have.
    private static Optional<Set<String>> findOtherKeys(
            JsonParser parser, Set<String> expected, PlainRows.Collector values) {
        Iterator<String> next = expected.iterator();
        int same = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            value(name, parser, values);
            if (!next.hasNext() || !next.next().equals(name)) {
                Set<String> own = new LinkedHashSet<>();
                expected.stream().limit(same).forEach(own::add);
                own.add(name);
                return Optional.of(rest(parser, own, values));
            }
            same++;
        }
        values.endOfRow();
        if (!next.hasNext()) {
            return Optional.empty();
        }
        Set<String> own = new LinkedHashSet<>();
        expected.stream().limit(same).forEach(own::add);
        return Optional.of(own);
    }

    private static Set<String> rest(
            JsonParser parser, Set<String> keys, PlainRows.Collector values) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            keys.add(name);
            value(name, parser, values);
        }
        values.endOfRow();
        return keys;
    }

    private static void value(String name, JsonParser parser, PlainRows.Collector values) {
        parser.nextToken();
        values.take(name, parser);
        parser.skipChildren();
    }
}
