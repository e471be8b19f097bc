package dev.ashlar.backend.postgres;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What EXPLAIN gave, as text: its lines, or its one JSON value, which the driver takes apart and
/// which is laid out here as the database had it: a member a line, two spaces a level, plain lists
/// in one line.
final class ExplainText {
    private final StringBuilder out = new StringBuilder();

    private ExplainText() {}

    static String of(LaneResult lane) {
        return lane.rows().stream()
                .map(row -> text(row.unwrap().getValue(0)))
                .collect(Collectors.joining("\n"));
    }

    private static String text(@Nullable Object value) {
        return value instanceof JsonArray plans
                ? new ExplainText().list(plans, "").out.toString()
                : String.valueOf(value);
    }

    private ExplainText value(@Nullable Object value, String indent) {
        switch (value) {
            case JsonObject object -> object(object, indent);
            case JsonArray array -> list(array, indent);
            case null -> out.append("null");
            default -> out.append(Json.encode(value));
        }
        return this;
    }

    private void object(JsonObject object, String indent) {
        out.append('{');
        Iterator<Map.Entry<String, Object>> members = object.iterator();
        while (members.hasNext()) {
            Map.Entry<String, Object> member = members.next();
            out.append('\n').append(indent).append("  ");
            out.append(Json.encode(member.getKey())).append(": ");
            value(member.getValue(), indent + "  ");
            out.append(members.hasNext() ? "," : "");
        }
        out.append('\n').append(indent).append('}');
    }

    private ExplainText list(JsonArray array, String indent) {
        List<Object> elements = array.stream().toList();
        boolean plain = elements.stream().noneMatch(JsonObject.class::isInstance);
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            out.append(i == 0 ? "" : plain ? ", " : ",");
            if (!plain) {
                out.append('\n').append(indent).append("  ");
            }
            value(elements.get(i), indent + "  ");
        }
        if (!plain) {
            out.append('\n').append(indent);
        }
        out.append(']');
        return this;
    }
}
