package dev.ashlar.face.rest;

import dev.ashlar.intent.Aggregate;
import dev.ashlar.intent.FieldPath;
import dev.ashlar.intent.Filter;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.Query;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.intent.SelectItem.Join;
import dev.ashlar.intent.SelectItem.Placement;
import dev.ashlar.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `select`:
/// `id,title:name,data->>a,price::text,posts!fk!inner(id,comments(*)),...author(name)`.
final class SelectParser {
    private static final int MAX_ITEMS = 1_600;

    /// The database needs seconds to plan a join of more tables.
    private static final int MAX_EMBEDS = 100;

    private static final String ITEM = "\"...\", " + FieldParser.NAME + ", \"*\" or \"count()\"";

    private static final Query LATER = new Query(List.of(), Filter.NONE, List.of(), Page.ALL);

    private static final String AFTER_QUOTED = "\"->>\", \"->\", \"::\", \".\", ";
    private static final String AFTER_NAME = "letter, digit, \"-\", " + AFTER_QUOTED;

    private final Cursor in;
    private int items;
    private int embeds;
    private int open;

    /// How the last item could have gone on.
    private String alternatives = "";

    private SelectParser(Cursor in) {
        this.in = in;
    }

    static Level parse(String text) {
        Cursor in = new Cursor("select parameter", text);
        Level level = new Level();
        if (text.isBlank()) {
            return level;
        }
        SelectParser parser = new SelectParser(in);
        parser.list(level);
        if (!in.atEnd()) {
            throw parser.failAfterItem();
        }
        return level;
    }

    private ProblemException failAfterItem() {
        return in.fail(alternatives + (open == 0 ? "\",\" or end of input" : "\",\" or \")\""));
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
        alternatives = "";
        if (in.take("...")) {
            embed(level, null, FieldParser.name(in), Placement.SPREAD);
            return;
        }
        if (in.take("*")) {
            level.add(new SelectItem.All());
            return;
        }
        if (FieldParser.countsRows(in)) {
            level.add(new SelectItem.Aggregated(Aggregate.COUNT, null, null, null, cast()));
            return;
        }
        if (!FieldParser.isNameNext(in)) {
            throw in.fail(ITEM);
        }
        boolean quoted = in.peek() == '"';
        String name = FieldParser.name(in);
        String alias = null;
        if (in.peek() == ':' && !in.startsWith("::")) {
            in.expect(":");
            alias = name;
            skipBlanks();
            if (FieldParser.countsRows(in)) {
                level.add(new SelectItem.Aggregated(Aggregate.COUNT, null, alias, null, cast()));
                return;
            }
            quoted = in.peek() == '"';
            name = FieldParser.name(in);
        }
        if (in.peek() == '(' && name.equals("count")) {
            // An aggregate that is none, not an embed.
            alternatives = AFTER_NAME;
            throw failAfterItem();
        }
        if (in.peek() == '(' || in.peek() == '!') {
            embed(level, alias, name, Placement.NESTED);
            return;
        }
        FieldPath path = new FieldPath(name, FieldParser.steps(in));
        String cast = cast();
        Aggregate aggregate = FieldParser.aggregate(in);
        if (path.steps().isEmpty() && cast == null && aggregate == null) {
            alternatives = quoted ? AFTER_QUOTED : AFTER_NAME;
        }
        level.add(
                aggregate == null
                        ? new SelectItem.Field(path, alias, cast)
                        : new SelectItem.Aggregated(aggregate, path, alias, cast, cast()));
    }

    private @Nullable String cast() {
        if (!in.take("::")) {
            return null;
        }
        String type = in.until(",)(.").strip();
        if (type.isEmpty()) {
            throw in.fail("a type name");
        }
        return type;
    }

    private void embed(Level level, @Nullable String alias, String relation, Placement placement) {
        if (++embeds > MAX_EMBEDS) {
            throw in.fail("at most " + MAX_EMBEDS + " embedded resources");
        }
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
        open++;
        if (in.peek() != ')') {
            list(inner);
        }
        if (!in.take(")")) {
            throw failAfterItem();
        }
        open--;
        alternatives = "";
        level.addEmbed(new SelectItem.Embed(relation, alias, hint, join, placement, LATER), inner);
    }

    private void skipBlanks() {
        while (in.peek() == ' ') {
            in.next();
        }
    }
}
