package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.json.JsonKind;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Representation;
import dev.ashlar.plan.CastType;
import dev.ashlar.plan.ReadNode.Value;
import dev.ashlar.predicate.Operand;
import org.jspecify.annotations.Nullable;

/// How a value is selected for its JSON to be written here.
record ValueForm(JsonKind kind, Conversion conversion) {
    private static final CastType TEXT = CastType.of("text");

    /// What the value becomes in the end.
    enum Target {
        JSON,
        JSONB
    }

    /// Columns of rows of several levels share their places, so that all have to be text.
    enum Sent {
        AS_IT_IS,
        AS_TEXT
    }

    enum Conversion {
        NONE,
        /// Nobody looks at the text, so that it has to be JSON whatever the column became since the
        /// catalog was read: of a `json` that costs nothing.
        CAST_TO_JSON,
        CAST_TO_JSONB,
        /// By the database, of whatever type it is.
        TO_JSON,
        TO_JSONB
    }

    /// JSON already.
    static final ValueForm MADE = new ValueForm(JsonKind.JSON, Conversion.NONE);

    static ValueForm of(Value value, Target target, Sent sent) {
        Operand operand = value.operand();
        if (value.cast() != null) {
            return value.cast().equals(TEXT)
                    ? new ValueForm(JsonKind.TEXT, Conversion.NONE)
                    : converted(target);
        }
        if (!operand.steps().isEmpty()) {
            return operand.yieldsText()
                    ? new ValueForm(JsonKind.TEXT, Conversion.NONE)
                    : path(target);
        }
        boolean plain = operand.isColumn() && !isConverted(operand.column().representation());
        return plain ? plain(operand.column(), target, sent) : converted(target);
    }

    private static ValueForm path(Target target) {
        return new ValueForm(
                JsonKind.JSON,
                switch (target) {
                    case JSON -> Conversion.NONE;
                    case JSONB -> Conversion.CAST_TO_JSONB;
                });
    }

    /// By the database.
    static ValueForm converted(Target target) {
        return new ValueForm(
                JsonKind.JSON,
                switch (target) {
                    case JSON -> Conversion.TO_JSON;
                    case JSONB -> Conversion.TO_JSONB;
                });
    }

    private static boolean isConverted(@Nullable Representation representation) {
        return representation != null && representation.toJson() != null;
    }

    private static ValueForm plain(Column column, Target target, Sent sent) {
        String type = column.baseType();
        boolean decided =
                switch (type) {
                    // As a jsonb they are numerics: 1e20 is written out.
                    case "real", "double precision" -> target == Target.JSON;
                    // Whose cast to text is another than what is sent.
                    case "character", "bpchar", "\"char\"", "inet", "cidr", "xml" ->
                            sent == Sent.AS_IT_IS;
                    default -> true;
                };
        if (!decided) {
            return converted(target);
        }
        return switch (type) {
            case "json" ->
                    new ValueForm(
                            JsonKind.JSON,
                            target == Target.JSON
                                    ? Conversion.CAST_TO_JSON
                                    : Conversion.CAST_TO_JSONB);
            case "jsonb" -> new ValueForm(JsonKind.JSON, Conversion.CAST_TO_JSONB);
            default ->
                    JsonKind.find(type)
                            .map(kind -> new ValueForm(kind, Conversion.NONE))
                            .orElseGet(() -> converted(target));
        };
    }

    /// A function of the same name for a type of a user's would come before the server's.
    void write(SqlText sql, Sent sent, Runnable value) {
        sql.sql(
                switch (conversion) {
                    case NONE, CAST_TO_JSON, CAST_TO_JSONB -> "";
                    case TO_JSON -> "pg_catalog.to_json(";
                    case TO_JSONB -> "pg_catalog.to_jsonb(";
                });
        value.run();
        sql.sql(
                switch (conversion) {
                    case NONE -> "";
                    case CAST_TO_JSON -> "::pg_catalog.json";
                    case CAST_TO_JSONB -> "::pg_catalog.jsonb";
                    case TO_JSON, TO_JSONB -> ")";
                });
        sql.sql(sent == Sent.AS_TEXT ? "::pg_catalog.text" : "");
    }
}
