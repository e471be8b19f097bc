package dev.ashlar.face.rest;

import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.intent.SelectItem.Join;
import dev.ashlar.intent.SelectItem.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `select`:
/// `id,title:name,data->>a,price::text,posts!fk!inner(id,comments(*)),...author(name)`.
final class SelectParser {
    private static final int MAX_ITEMS = 2_000;
    private static final Query LATER = new Query(List.of(), Filter.NONE, List.of(), Page.ALL);

    private final Cursor in;
    private int items;

    private SelectParser(Cursor in) {
        this.in = in;
    }

    static Level parse(String text) {
        Cursor in = new Cursor("select", text);
        Level level = new Level();
        if (text.isBlank()) {
            level.add(new SelectItem.All());
            return level;
        }
        new SelectParser(in).list(level);
        if (!in.atEnd()) {
            throw in.fail("\",\" or end of input");
        }
        return level;
    }

    private void list(Level level) {
        in.enter();
        do {
            if (++items > MAX_ITEMS) {
                throw in.fail("at most " + MAX_ITEMS + " items");
            }
            skipBlanks();
            item(level);
            skipBlanks();
        } while (in.take(","));
        in.leave();
    }

    private void item(Level level) {
        if (in.take("...")) {
            embed(level, null, FieldParser.name(in), Placement.SPREAD);
            return;
        }
        if (in.take("*")) {
            level.add(new SelectItem.All());
            return;
        }
        String name = FieldParser.name(in);
        String alias = null;
        if (in.peek() == ':' && !in.startsWith("::")) {
            in.expect(":");
            alias = name;
            skipBlanks();
            name = FieldParser.name(in);
        }
        if (in.peek() == '(' || in.peek() == '!') {
            embed(level, alias, name, Placement.NESTED);
            return;
        }
        FieldPath path = new FieldPath(name, FieldParser.steps(in));
        level.add(new SelectItem.Field(path, alias, cast()));
    }

    private @Nullable String cast() {
        if (!in.take("::")) {
            return null;
        }
        String type = in.until(",)(").strip();
        if (type.isEmpty()) {
            throw in.fail("a type name");
        }
        return type;
    }

    private void embed(Level level, @Nullable String alias, String relation, Placement placement) {
        String hint = null;
        Join join = Join.LEFT;
        while (in.take("!")) {
            String modifier = FieldParser.name(in);
            if (modifier.equals("inner")) {
                join = Join.INNER;
            } else if (!modifier.equals("left")) {
                hint = modifier;
            }
        }
        in.expect("(");
        Level inner = new Level();
        skipBlanks();
        if (in.peek() != ')') {
            list(inner);
        }
        in.expect(")");
        level.addEmbed(new SelectItem.Embed(relation, alias, hint, join, placement, LATER), inner);
    }

    private void skipBlanks() {
        while (in.peek() == ' ') {
            in.next();
        }
    }
}
