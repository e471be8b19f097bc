package dev.ashlar.face.rest;

import dev.ashlar.intent.Aggregate;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.FieldPath.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads names, JSON paths and calls of aggregates: `name`, `"odd,name"`, `data->a->0->>b`,
/// `.sum()`.
final class FieldParser {
    /// What is said when a name is missing.
    static final String NAME = "field name (* or [a..z0..9_$])";

    private static final String KEY_STOPS = "\"(),.";
    private static final int MAX_STEPS = 100;

    private FieldParser() {}

    static FieldPath field(Cursor in) {
        String column = name(in);
        return new FieldPath(column, steps(in));
    }

    /// A plain or quoted name; blanks around a plain one do not count.
    static String name(Cursor in) {
        if (in.peek() == '"') {
            return in.quoted();
        }
        int start = in.position();
        while (isNamePart(in.peek()) && !in.startsWith("->")) {
            in.next();
        }
        String name = in.since(start).strip();
        if (name.isEmpty()) {
            throw in.fail(NAME);
        }
        return name;
    }

    static boolean isNameNext(Cursor in) {
        return in.peek() == '"' || (isNamePart(in.peek()) && !in.startsWith("->"));
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c)
                || c == '_'
                || c == '$'
                || c == '-'
                || c == ' '
                || Character.isSurrogate(c)
                || (c > 127 && !Character.isISOControl(c));
    }

    /// `.sum()` and the like, when it is next.
    static @Nullable Aggregate aggregate(Cursor in) {
        if (in.peek() != '.') {
            return null;
        }
        for (Aggregate function : Aggregate.values()) {
            if (in.take("." + call(function))) {
                return function;
            }
        }
        return null;
    }

    /// `count()`, which needs no column.
    static boolean countsRows(Cursor in) {
        return in.take(call(Aggregate.COUNT));
    }

    private static String call(Aggregate function) {
        return switch (function) {
            case SUM -> "sum()";
            case AVG -> "avg()";
            case COUNT -> "count()";
            case MAX -> "max()";
            case MIN -> "min()";
        };
    }

    static List<FieldPath.Step> steps(Cursor in) {
        List<FieldPath.Step> steps = new ArrayList<>();
        while (in.startsWith("->")) {
            Form form = in.take("->>") ? Form.TEXT : Form.JSON;
            if (form == Form.JSON) {
                in.expect("->");
            }
            if (steps.size() == MAX_STEPS) {
                throw in.fail("a path of at most " + MAX_STEPS + " steps");
            }
            steps.add(step(in, form));
        }
        return steps;
    }

    private static FieldPath.Step step(Cursor in, Form form) {
        if (in.peek() == '"') {
            return new FieldPath.Key(in.quoted(), form);
        }
        int start = in.position();
        while (!in.atEnd()
                && KEY_STOPS.indexOf(in.peek()) < 0
                && !in.startsWith("->")
                && !in.startsWith("::")) {
            in.next();
        }
        String key = in.since(start);
        if (key.isEmpty()) {
            throw in.fail("any non reserved character different from: .,>()");
        }
        if (key.matches("-?\\d{1,9}")) {
            return new FieldPath.Index(Integer.parseInt(key), form);
        }
        return new FieldPath.Key(key, form);
    }
}
