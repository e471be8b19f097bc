package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a statement with its values as literals, since several statements that travel in one
/// message cannot have parameters. Literals are untyped, so each becomes its column's type.
final class SqlInline {
    private SqlInline() {}

    static String text(SqlStatement statement) {
        String text = statement.text();
        StringBuilder out = new StringBuilder(text.length() + 64);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '"') {
                end = text.indexOf('"', at + 1) + 1;
                out.append(text, at, end);
            } else if (c == '$') {
                while (end < text.length() && Character.isDigit(text.charAt(end))) {
                    end++;
                }
                literal(out, value(statement.parameters(), text.substring(at + 1, end)));
            } else {
                out.append(c);
            }
            at = end;
        }
        return out.toString();
    }

    private static @Nullable Object value(List<@Nullable Object> parameters, String number) {
        return parameters.get(Integer.parseInt(number) - 1);
    }

    /// Quotes doubled, and backslashes too in the form that has them mean one whatever
    /// `standard_conforming_strings` says.
    private static void literal(StringBuilder out, @Nullable Object value) {
        if (value == null) {
            out.append("null");
            return;
        }
        String text = value.toString();
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a value cannot hold NUL");
        }
        out.append(text.indexOf('\\') >= 0 ? " E'" : "'")
                .append(text.replace("'", "''").replace("\\", "\\\\"))
                .append('\'');
    }
}
