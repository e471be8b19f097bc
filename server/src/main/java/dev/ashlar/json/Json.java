package dev.ashlar.json;

import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNull;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/// Reads and writes JSON (RFC 8259), with limits on depth and on the length of names and numbers.
///
/// The caller bounds the size of the whole text before it comes here.
public final class Json {
    /// Nesting beyond this is refused.
    public static final int MAX_DEPTH = 200;

    private static final int MAX_NAME_CHARS = 50_000;
    private static final int MAX_NUMBER_CHARS = 1_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNameLength(MAX_NAME_CHARS)
                                    .maxNumberLength(MAX_NUMBER_CHARS)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    /// For texts that the database reads in the end, to which the last of equal names counts.
    private static final JsonFactory LENIENT =
            FACTORY.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private Json() {}

    /// Parses one value that fills the whole text.
    public static JsonValue parse(String text) throws MalformedJsonException {
        try (JsonParser parser = parser(text)) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("Empty or invalid json");
            }
            JsonValue value = read(parser);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("There is text after the end of the JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw new MalformedJsonException(e.getOriginalMessage());
        }
    }

    static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    static JsonParser lenientParser(String text) {
        return LENIENT.createParser(ObjectReadContext.empty(), text);
    }

    /// The same in UTF-8, for what is large.
    public static byte[] writeBytes(JsonValue value) {
        ByteArrayBuilder out = new ByteArrayBuilder();
        try (JsonGenerator generator =
                FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            write(generator, value);
        }
        return out.toByteArray();
    }

    /// Writes without white space.
    public static String write(JsonValue value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(generator, value);
        }
        return out.toString();
    }

    private static JsonValue read(JsonParser parser) throws MalformedJsonException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getDecimalValue());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new MalformedJsonException("A JSON value is expected");
        };
    }

    private static JsonObject readObject(JsonParser parser) throws MalformedJsonException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read(parser));
        }
        return new JsonObject(Collections.unmodifiableMap(members));
    }

    private static JsonArray readArray(JsonParser parser) throws MalformedJsonException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return new JsonArray(Collections.unmodifiableList(elements));
    }

    private static void write(JsonGenerator generator, JsonValue value) {
        switch (value) {
            case JsonObject(Map<String, JsonValue> members) -> {
                generator.writeStartObject();
                members.forEach((name, member) -> {
                    generator.writeName(name);
                    write(generator, member);
                });
                generator.writeEndObject();
            }
            case JsonArray(List<JsonValue> elements) -> {
                generator.writeStartArray();
                elements.forEach(element -> write(generator, element));
                generator.writeEndArray();
            }
            case JsonString(String text) -> generator.writeString(text);
            case JsonNumber(var number) -> generator.writeNumber(number);
            case JsonBoolean flag -> generator.writeBoolean(flag == JsonBoolean.TRUE);
            case JsonNull _ -> generator.writeNull();
        }
    }
}
