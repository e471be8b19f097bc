package dev.ashlar.backend.postgres.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Values in the text form that PostgreSQL's input functions read (manual, chapter 8).
final class ValueText {
    private ValueText() {}

    /// An Instant is cut to microseconds, which is what the server keeps.
    static String of(Object value) {
        return switch (value) {
            case String text -> text;
            case Instant instant -> instant.truncatedTo(ChronoUnit.MICROS).toString();
            case Boolean flag -> flag ? "t" : "f";
            case Number number -> number.toString();
            case UUID uuid -> uuid.toString();
            case Enum<?> constant -> constant.name();
            case Object[] array -> array(Arrays.asList(array));
            case List<?> list -> array(list);
            default ->
                    // The value itself may be a secret.
                    throw new IllegalArgumentException(
                            "a value of type " + value.getClass().getName() + " cannot be sent");
        };
    }

    /// An array of one dimension (manual, 8.15.6).
    private static String array(List<? extends @Nullable Object> elements) {
        StringBuilder out = new StringBuilder(16 * elements.size() + 2).append('{');
        for (Object element : elements) {
            if (out.length() > 1) {
                out.append(',');
            }
            if (element == null) {
                out.append("NULL");
            } else {
                quote(of(element), out);
            }
        }
        return out.append('}').toString();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        if (text.indexOf('"') < 0 && text.indexOf('\\') < 0) {
            out.append(text);
        } else {
            escape(text, out);
        }
        out.append('"');
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
    }
}
