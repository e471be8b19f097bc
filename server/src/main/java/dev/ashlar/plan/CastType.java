package dev.ashlar.plan;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// A type's name from a request, safe to be quoted: the database's internal name (`int4`), so that
/// the quoted form is found, and whether it is an array of it.
public record CastType(String name, boolean array) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_ ]{0,62}");

    /// SQL's spellings that are grammar rather than names (PostgreSQL manual, table 8.1).
    private static final Map<String, String> SPELLINGS =
            Map.ofEntries(
                    Map.entry("bigint", "int8"),
                    Map.entry("boolean", "bool"),
                    Map.entry("bit varying", "varbit"),
                    Map.entry("char", "bpchar"),
                    Map.entry("character", "bpchar"),
                    Map.entry("character varying", "varchar"),
                    Map.entry("dec", "numeric"),
                    Map.entry("decimal", "numeric"),
                    Map.entry("double precision", "float8"),
                    Map.entry("float", "float8"),
                    Map.entry("int", "int4"),
                    Map.entry("integer", "int4"),
                    Map.entry("real", "float4"),
                    Map.entry("smallint", "int2"),
                    Map.entry("time with time zone", "timetz"),
                    Map.entry("time without time zone", "time"),
                    Map.entry("timestamp with time zone", "timestamptz"),
                    Map.entry("timestamp without time zone", "timestamp"));

    /// Whether the text can be a type's name at all.
    public static boolean isWellFormed(String text) {
        String element = text.endsWith("[]") ? text.substring(0, text.length() - 2) : text;
        return NAME.matcher(element).matches();
    }

    /// The type of that name; an unusable text is a bug of the caller, who asks [#isWellFormed]
    /// first.
    public static CastType of(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("not a type name");
        }
        boolean array = text.endsWith("[]");
        String element = array ? text.substring(0, text.length() - 2) : text;
        String spelling = element.toLowerCase(Locale.ROOT);
        // As the database reads a name without quotes.
        return new CastType(SPELLINGS.getOrDefault(spelling, spelling), array);
    }
}
