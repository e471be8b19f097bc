package dev.ashlar.face.rest;

import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.FieldPath.Form;
import java.util.ArrayList;
import java.util.List;

/// Reads names and JSON paths: `name`, `"odd,name"`, `data->a->0->>b`.
final class FieldParser {
    private static final String NAME_STOPS = "\"(),.:!*";
    private static final String KEY_STOPS = "\"(),.:";
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
        String name = upToArrow(in, NAME_STOPS).strip();
        if (name.isEmpty()) {
            throw in.fail("field name (* or [a..z0..9_$])");
        }
        return name;
    }

    private static String upToArrow(Cursor in, String stops) {
        StringBuilder out = new StringBuilder();
        while (!in.atEnd() && stops.indexOf(in.peek()) < 0 && !in.startsWith("->")) {
            out.append(in.next());
        }
        return out.toString();
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
        String key = upToArrow(in, KEY_STOPS);
        if (key.isEmpty()) {
            throw in.fail("any non reserved character different from: .,>()");
        }
        if (key.matches("-?\\d{1,9}")) {
            return new FieldPath.Index(Integer.parseInt(key), form);
        }
        return new FieldPath.Key(key, form);
    }
}
