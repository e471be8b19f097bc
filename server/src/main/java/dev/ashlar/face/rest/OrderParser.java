package dev.ashlar.face.rest;

import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Order;
import dev.ashlar.intent.Order.Direction;
import dev.ashlar.intent.Order.Nulls;
import java.util.ArrayList;
import java.util.List;

/// Reads `order`: `name.desc.nullslast,data->>age,author(name).asc`.
final class OrderParser {
    private static final int MAX_KEYS = 100;

    private OrderParser() {}

    static List<Order> parse(String text) {
        Cursor in = new Cursor("order", text);
        List<Order> keys = new ArrayList<>();
        do {
            if (keys.size() == MAX_KEYS) {
                throw in.fail("at most " + MAX_KEYS + " keys");
            }
            keys.add(key(in));
        } while (in.take(","));
        if (!in.atEnd()) {
            throw in.fail("\",\" or end of input");
        }
        return keys;
    }

    private static Order key(Cursor in) {
        String embed = null;
        FieldPath field = FieldParser.field(in);
        if (field.steps().isEmpty() && in.take("(")) {
            embed = field.column();
            field = FieldParser.field(in);
            in.expect(")");
        }
        Direction direction = Direction.ASCENDING;
        Nulls nulls = Nulls.DEFAULT;
        if (in.take(".desc")) {
            direction = Direction.DESCENDING;
        } else {
            in.take(".asc");
        }
        if (in.take(".nullsfirst")) {
            nulls = Nulls.FIRST;
        } else if (in.take(".nullslast")) {
            nulls = Nulls.LAST;
        }
        if (in.peek() == '.') {
            throw in.fail("asc, desc, nullsfirst or nullslast");
        }
        return new Order(embed, field, direction, nulls);
    }
}
