package dev.ashlar.face.rest.openapi;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Table;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonBoolean;
import dev.ashlar.json.JsonValue.JsonNumber;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tables and types as JSON Schema in the form of OpenAPI 2.0.
final class Schemas {
    private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");
    private static final Set<String> NUMBERS = Set.of("numeric", "real", "double precision");
    private static final Set<String> FREE = Set.of("json", "jsonb");

    /// A literal as the database writes a default: `'text'::type`.
    private static final Pattern LITERAL =
            Pattern.compile("'((?:[^']|'')*)'::[^']+", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");

    private Schemas() {}

    static JsonObject definition(Table table, Catalog catalog) {
        List<String> required =
                table.columns().values().stream()
                        .filter(column -> !column.nullable())
                        .map(Column::name)
                        .toList();
        JsonObjectBuilder properties = new JsonObjectBuilder();
        for (Column column : table.columns().values()) {
            properties.put(column.name(), property(column, description(column, table, catalog)));
        }
        JsonObjectBuilder definition = new JsonObjectBuilder();
        definition.putIfPresent("description", table.comment());
        if (!required.isEmpty()) {
            definition.put("required", strings(required));
        }
        return definition.put("properties", properties.build()).put("type", "object").build();
    }

    /// The comment, and what the column is to its keys.
    static @Nullable String description(Column column, Table table, Catalog catalog) {
        String comment = column.comment();
        String notes = notes(column, table, catalog);
        return notes == null ? comment : comment == null ? notes : comment + "\n\n" + notes;
    }

    private static JsonObject property(Column column, @Nullable String description) {
        JsonObjectBuilder property = new JsonObjectBuilder();
        property.putIfPresent("description", description);
        findDefault(column).ifPresent(value -> property.put("default", value));
        if (!column.enumValues().isEmpty()) {
            property.put("enum", strings(column.enumValues()));
        }
        Integer most = column.declaration().maxLength();
        if (most != null) {
            property.put("maxLength", most);
        }
        return typed(property, column.baseType()).build();
    }

    /// Adds format, type and the type of an array's elements. A domain is described by the type
    /// under it, as PostgREST does.
    static JsonObjectBuilder typed(JsonObjectBuilder schema, String type) {
        schema.put("format", format(type));
        String kind = kind(type);
        if (kind != null) {
            schema.put("type", kind);
        }
        if ("array".equals(kind)) {
            JsonObjectBuilder items = new JsonObjectBuilder();
            String element = kind(element(type));
            schema.put("items", items.putIfPresent("type", element).build());
        }
        return schema;
    }

    static String element(String arrayType) {
        return arrayType.substring(0, arrayType.length() - 2);
    }

    /// Integers have formats of OpenAPI's own; of a `char(n)` the catalog holds the internal name.
    private static String format(String type) {
        return switch (type) {
            case "smallint", "integer" -> "int32";
            case "bigint" -> "int64";
            case "bpchar" -> "character";
            default -> type;
        };
    }

    /// Null where any JSON may stand.
    static @Nullable String kind(String type) {
        if (type.endsWith("[]")) {
            return "array";
        }
        int modifier = type.indexOf('(');
        String bare = modifier < 0 ? type : type.substring(0, modifier).strip();
        if (bare.equals("boolean")) {
            return "boolean";
        }
        if (FREE.contains(bare)) {
            return null;
        }
        return INTEGERS.contains(bare) ? "integer" : NUMBERS.contains(bare) ? "number" : "string";
    }

    /// The default as a value of the column's own kind; none when it is an expression that makes
    /// one.
    static Optional<JsonValue> findDefault(Column column) {
        String expression = column.declaration().defaultExpression();
        if (expression == null || column.generation() == Column.Generation.COMPUTED) {
            return Optional.empty();
        }
        Matcher literal = LITERAL.matcher(expression);
        String text = literal.matches() ? literal.group(1).replace("''", "'") : expression;
        String kind = kind(column.baseType());
        return switch (kind == null ? "" : kind) {
            case "string" -> Optional.of(new JsonString(text));
            case "boolean" ->
                    text.equals("true") || text.equals("false")
                            ? Optional.of(JsonBoolean.of(text.equals("true")))
                            : Optional.empty();
            case "integer", "number" ->
                    NUMBER.matcher(text).matches()
                            ? Optional.of(new JsonNumber(new BigDecimal(text)))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// What keys the column is part of, in the form that code generators look for.
    private static @Nullable String notes(Column column, Table table, Catalog catalog) {
        List<String> notes = new ArrayList<>();
        boolean primary =
                table.findPrimaryKey().map(Key::columns).orElse(List.of()).contains(column.name());
        if (primary) {
            notes.add("This is a Primary Key.<pk/>");
        }
        findForeign(column, table.name(), catalog)
                .ifPresent(target ->
                        notes.add(
                                "This is a Foreign Key to `%s.%s`.<fk table='%s' column='%s'/>"
                                        .formatted(
                                                target.table().name(),
                                                target.column(),
                                                target.table().name(),
                                                target.column())));
        return notes.isEmpty() ? null : "Note:\n" + String.join("\n", notes);
    }

    private record Target(QualifiedName table, String column) {}

    private static Optional<Target> findForeign(
            Column column, QualifiedName table, Catalog catalog) {
        for (Relationship relationship : catalog.relationshipsFrom(table)) {
            if (relationship instanceof Relationship.Direct direct && isForeign(direct, catalog)) {
                for (Relationship.Pair pair : direct.pairs()) {
                    if (pair.originColumn().equals(column.name())) {
                        return Optional.of(new Target(direct.target(), pair.targetColumn()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// Whether the origin holds the key. Of one-to-one either may: PostgreSQL begins the name of a
    /// constraint with the table that holds it.
    private static boolean isForeign(Relationship.Direct direct, Catalog catalog) {
        boolean base =
                catalog.findTable(direct.target())
                        .filter(target -> target.kind() != Table.Kind.VIEW)
                        .isPresent();
        return switch (direct.cardinality()) {
            case MANY_TO_ONE -> base;
            case ONE_TO_ONE ->
                    base && !direct.constraint().startsWith(direct.target().name() + "_");
            case ONE_TO_MANY, MANY_TO_MANY -> false;
        };
    }

    /// As a JSON Pointer (RFC 6901).
    static JsonObject reference(String kind, String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return new JsonObjectBuilder().put("$ref", "#/" + kind + "/" + escaped).build();
    }

    /// The default where it is written out: a value of the column's own kind and format.
    static Optional<JsonValue> findLiteral(Column column) {
        String expression = column.declaration().defaultExpression();
        boolean text = "string".equals(kind(column.baseType()));
        return expression != null && text && !LITERAL.matcher(expression).matches()
                ? Optional.empty()
                : findDefault(column);
    }

    static JsonArray strings(List<String> texts) {
        return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
    }
}
