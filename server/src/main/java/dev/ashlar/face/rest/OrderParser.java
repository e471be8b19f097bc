package dev.ashlar.face.rest;

import dev.ashlar.intent.Aggregate;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Order;
import dev.ashlar.intent.Order.Direction;
import dev.ashlar.intent.Order.Nulls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `order`: `name.desc.nullslast,data->>age,author(name).asc`.
final class OrderParser {
    private static final int MAX_KEYS = 100;
    private static final String NULLS = "\"nullsfirst\" or \"nullslast\"";
    private static final String MORE = "\",\" or end of input";

    private OrderParser() {}

    static List<Order> parse(String text) {
        Cursor in = new Cursor("order", text);
        List<Order> keys = new ArrayList<>();
        do {
            if (keys.size() == MAX_KEYS) {
                throw in.fail("at most " + MAX_KEYS + " keys");
            }
            keys.add(key(in));
            while (in.peek() == ' ') {
                in.next();
            }
        } while (in.take(","));
        if (!in.atEnd()) {
            throw in.fail(MORE);
        }
        return keys;
    }

    private static Order key(Cursor in) {
        while (in.peek() == ' ') {
            in.next();
        }
        if (FieldParser.countsRows(in)) {
            return directed(in, null, null, Aggregate.COUNT);
        }
        String embed = null;
        FieldPath field = FieldParser.field(in);
        if (field.steps().isEmpty() && in.take("(")) {
            embed = field.column();
            field = FieldParser.field(in);
            in.expect(")");
            return directed(in, embed, field, null);
        }
        return directed(in, null, field, FieldParser.aggregate(in));
    }

    private static Order directed(
            Cursor in,
            @Nullable String embed,
            @Nullable FieldPath field,
            @Nullable Aggregate aggregate) {
        int start = in.position();
        Direction direction = Direction.ASCENDING;
        if (in.take(".desc")) {
            direction = Direction.DESCENDING;
        } else {
            in.take(".asc");
        }
        boolean directed = in.position() > start;
        Nulls nulls = Nulls.DEFAULT;
        if (in.take(".nullsfirst")) {
            nulls = Nulls.FIRST;
        } else if (in.take(".nullslast")) {
            nulls = Nulls.LAST;
        } else if (in.take(".")) {
            throw directed
                    ? in.failWord("nullsfirst", NULLS)
                    : in.failWord("asc", "\"asc\", \"desc\", " + NULLS);
        } else {
            requireEnd(in, directed ? "" : "letter, digit, \"-\", \"->>\", \"->\", ");
        }
        return new Order(embed, field, aggregate, direction, nulls);
    }

    private static void requireEnd(Cursor in, String alternatives) {
        if (!in.atEnd() && in.peek() != ',' && in.peek() != ' ') {
            throw in.fail(alternatives + "delimiter (.), " + MORE);
        }
    }
}
