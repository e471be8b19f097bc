package dev.ashlar.backend.postgres.json;

import java.util.Optional;

/// How a value becomes JSON out of the text that the type's output function made: what `to_json`
/// does with it (PostgreSQL manual, "JSON Creation Functions").
///
/// Of types that are not here (arrays, composites, types of extensions or users, which may have
/// casts to `json`) the database makes the JSON itself, and what comes is [#JSON].
public enum JsonKind {
    /// As it is, in quotes where it is none: `NaN`, `Infinity`.
    NUMBER,
    /// `t` and `f`.
    BOOLEAN,
    /// JSON already.
    JSON,
    /// Quoted.
    TEXT,
    /// Quoted, with a `T` before the time. Text in another style than ISO's stays as it is.
    TIMESTAMP,
    /// The same, and with minutes in the offset: `+02:00`.
    TIMESTAMPTZ;

    /// Empty for types that the database has to write. `type` is what is under all domains, as
    /// `format_type` writes it: names of types that are not the server's own have a schema.
    public static Optional<JsonKind> find(String type) {
        return switch (type) {
            case "smallint", "integer", "bigint", "numeric", "real", "double precision" ->
                    Optional.of(NUMBER);
            case "boolean" -> Optional.of(BOOLEAN);
            case "json", "jsonb" -> Optional.of(JSON);
            case "timestamp without time zone" -> Optional.of(TIMESTAMP);
            case "timestamp with time zone" -> Optional.of(TIMESTAMPTZ);
            default -> isText(type) ? Optional.of(TEXT) : Optional.empty();
        };
    }

    /// A date in ISO's style is its own JSON.
    private static boolean isText(String type) {
        return switch (type) {
            case "text", "character varying", "character", "bpchar", "\"char\"", "name", "uuid" ->
                    true;
            case "date", "time without time zone", "time with time zone", "interval" -> true;
            case "bytea", "bit", "\"bit\"", "bit varying", "money", "xml", "jsonpath" -> true;
            case "inet", "cidr", "macaddr", "macaddr8" -> true;
            case "point", "line", "lseg", "box", "path", "polygon", "circle" -> true;
            case "tsvector", "tsquery" -> true;
            case "oid", "xid", "xid8", "cid", "tid", "pg_lsn", "pg_snapshot", "txid_snapshot" ->
                    true;
            default -> isRange(type);
        };
    }

    private static boolean isRange(String type) {
        return switch (type) {
            case "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange" -> true;
            case "int4multirange", "int8multirange", "nummultirange" -> true;
            case "tsmultirange", "tstzmultirange", "datemultirange" -> true;
            default -> false;
        };
    }
}
