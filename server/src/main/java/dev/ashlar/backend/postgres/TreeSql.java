package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.Level.Join;
import dev.ashlar.backend.postgres.TreeRow.Field;
import dev.ashlar.backend.postgres.TreeRow.Many;
import dev.ashlar.backend.postgres.TreeRow.One;
import dev.ashlar.backend.postgres.TreeRow.Part;
import dev.ashlar.backend.postgres.ValueForm.Sent;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.plan.ReadNode;
import java.util.IdentityHashMap;
import java.util.Map;

/// Writes the statement of a [TreeRead].
///
/// A level is its own SELECT, `bN`, and where there are arrays in its rows, for each row of it a
/// union: the row itself, then the rows of the first array, and so on. The database does one part
/// of a union after the other, for one row of the level after the other: each row comes before
/// those inside it, and these before the next.
///
/// That is so as long as nothing is joined in another order. So the SELECT of a level is closed by
/// `OFFSET 0`, which costs nothing and keeps its tables from being joined with what is inside its
/// rows (to be sorted then, or met twice); nor is a part of the union a foreign table, whose rows
/// might come when they like. And the statement is kept from being done in parallel: a function
/// that must not be, in a condition that is true before it would be called.
final class TreeSql {
    private final SqlText sql;
    private final NodeSql nodes;
    private final Level outermost;
    private final Sent sent;

    /// Those of to-one embeds.
    private final IdentityHashMap<Level, TreeRow> rows = new IdentityHashMap<>();

    TreeSql(SqlText sql, ReadNode node) {
        this.sql = sql;
        nodes = new NodeSql(sql, this::joins);
        outermost = nodes.outermost(node, RowAlias.Form.TYPED);
        sent = TreePlan.sent(outermost);
    }

    Level outermost() {
        return outermost;
    }

    void write(TreeRow row) {
        int widest = sent == Sent.AS_TEXT ? row.widest() : row.width();
        NodeSql.Source source = NodeSql.table(outermost.node().table().name());
        level(0, widest, outermost, row, () -> nodes.from(outermost, source));
        sql.sql(
                sent == Sent.AS_TEXT
                        ? " WHERE (TRUE OR pg_catalog.set_config('', '', TRUE) IS NULL)"
                        : "");
    }

    private void level(int number, int widest, Level level, TreeRow row, Runnable from) {
        String alias = "b" + number;
        boolean arrays = !row.arrays().isEmpty();
        if (arrays) {
            sql.sql("SELECT u.* FROM (");
        } else {
            values(number, widest, row);
            sql.sql(" FROM (");
        }
        own(level, row, from);
        sql.sql(") AS ").identifier(alias);
        if (arrays) {
            sql.sql(", LATERAL (");
            values(number, widest, row);
            for (Many many : row.arrays()) {
                Origin origin = new Origin(alias, many);
                sql.sql(" UNION ALL ");
                level(
                        many.number(),
                        widest,
                        many.join().level(),
                        many.row(),
                        () -> nodes.embedded(origin, many.join()));
            }
            sql.sql(") AS u");
        }
    }

    /// The row around an array, as the union knows it.
    private record Origin(String alias, Many many) implements NodeSql.Origin {
        @Override
        public void column(SqlText sql, String column) {
            Integer number = many.origins().get(column);
            if (number == null) {
                throw new IllegalStateException("no column of the row around an array");
            }
            sql.identifier(alias).sql(".");
            name(sql, number);
        }

        @Override
        public void row(SqlText sql) {
            throw new IllegalStateException("a row is not kept whole");
        }
    }

    /// `SELECT …`: what is sent of a row.
    private void values(int number, int widest, TreeRow row) {
        sql.sql("SELECT ");
        boolean first = true;
        if (sent == Sent.AS_TEXT) {
            sql.integer(number);
            first = false;
        }
        first = values("b" + number, row, first);
        for (int i = row.width(); i < widest; i++) {
            sql.sql(first ? "" : ", ").sql("NULL::pg_catalog.text");
            first = false;
        }
    }

    private boolean values(String alias, TreeRow row, boolean none) {
        boolean first = none;
        for (Part part : row.parts()) {
            switch (part) {
                case Field field -> {
                    sql.sql(first ? "" : ", ");
                    field.form().write(sql, sent, () -> column(alias, field.column()));
                    first = false;
                }
                case One one -> {
                    sql.sql(first ? "" : ", ");
                    column(alias, one.column());
                    sql.sql(sent == Sent.AS_TEXT ? "::pg_catalog.text" : "");
                    first = values(alias, one.row(), false);
                }
                case Many _ -> {}
            }
        }
        return first;
    }

    /// The level's own SELECT, with the columns by which what is inside its rows is found.
    private void own(Level level, TreeRow row, Runnable from) {
        sql.sql("SELECT ");
        columns(level, row, true);
        from.run();
        Page page = level.node().page();
        if (sent == Sent.AS_TEXT && page.limit() == null && page.offset() == 0) {
            sql.sql(" OFFSET 0");
        }
    }

    private void columns(Level level, TreeRow row, boolean none) {
        boolean first = none;
        for (Part part : row.parts()) {
            switch (part) {
                case Field field -> {
                    sql.sql(first ? "" : ", ");
                    new OutputSql(sql, level).value(field.value());
                    named(field.column());
                }
                case One(_, int present, Join join, TreeRow inner) -> {
                    rows.put(join.level(), inner);
                    sql.sql(first ? "" : ", ").identifier(join.alias()).sql(".v");
                    named(present);
                    inner.columns()
                            .forEach(number -> {
                                sql.sql(", ");
                                column(join.alias(), number);
                                named(number);
                            });
                }
                case Many many -> origins(level, many, first);
            }
            first = false;
        }
    }

    private void origins(Level level, Many many, boolean none) {
        boolean first = none;
        for (Map.Entry<String, Integer> origin : many.origins().entrySet()) {
            sql.sql(first ? "" : ", ");
            first = false;
            level.row().column(sql, origin.getKey());
            named(origin.getValue());
        }
    }

    /// To-one embeds, as columns of the row around them; `v` tells whether there is one, conditions
    /// too.
    private void joins(NodeSql within, Level level) {
        for (Join join : level.joins()) {
            if (join.embed().toOne()) {
                boolean inner = join.embed().join() == SelectItem.Join.INNER;
                sql.sql(inner ? " INNER JOIN LATERAL (" : " LEFT JOIN LATERAL (");
                sql.sql("SELECT TRUE AS v");
                TreeRow row = rows.get(join.level());
                if (row != null) {
                    columns(join.level(), row, false);
                }
                new OutputSql(sql, join.level()).sortColumns();
                within.embedded(level.row(), join);
                sql.sql(") AS ").identifier(join.alias()).sql(" ON TRUE");
            }
        }
    }

    private void column(String alias, int number) {
        sql.identifier(alias).sql(".");
        name(sql, number);
    }

    private void named(int number) {
        sql.sql(" AS ");
        name(sql, number);
    }

    /// None that a table's column is likely to have.
    private static void name(SqlText sql, int number) {
        sql.identifier("ashlar " + number);
    }
}
