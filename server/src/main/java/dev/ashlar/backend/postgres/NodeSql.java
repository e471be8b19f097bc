package dev.ashlar.backend.postgres;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.ashlar.backend.postgres.Level.Join;
import dev.ashlar.backend.postgres.Level.SortColumn;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship.Computed;
import dev.ashlar.catalog.Relationship.Direct;
import dev.ashlar.catalog.Relationship.Pair;
import dev.ashlar.catalog.Relationship.ThroughJunction;
import dev.ashlar.intent.Order.Direction;
import dev.ashlar.intent.Order.Nulls;
import dev.ashlar.intent.Page;
import dev.ashlar.intent.SelectItem;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.plan.ReadNode.Distinct;
import dev.ashlar.plan.ReadNode.Sort;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import java.util.List;
import java.util.OptionalInt;

/// Writes one level of a read as a SELECT, and the levels inside it as lateral joins that yield
/// JSON, or columns where they are spread.
///
/// Every level has aliases of its own: `tN` its table, `eN` an embed of it, `jN` a junction. JSON
/// of embeds is `jsonb`, which can be grouped by and which clients of the dialect know by its order
/// of keys.
final class NodeSql {
    private final SqlText sql;
    private final Joins joins;
    private int aliases;

    NodeSql(SqlText sql) {
        this(sql, NodeSql::joinsAsJson);
    }

    /// With another form of embeds.
    NodeSql(SqlText sql, Joins joins) {
        this.sql = sql;
        this.joins = joins;
    }

    /// Writes what brings the embeds of a level.
    @FunctionalInterface
    interface Joins {
        void write(NodeSql nodes, Level level);
    }

    /// Where the rows of the outermost level come from: writes what follows FROM, under the given
    /// alias.
    @FunctionalInterface
    interface Source {
        void write(SqlText sql, String alias);
    }

    /// The row that an embed belongs to.
    interface Origin {
        void column(SqlText sql, String column);

        /// As the argument of a function that takes its table's type.
        void row(SqlText sql);
    }

    static Source table(QualifiedName name) {
        return (sql, alias) ->
                sql.qualified(name.schema(), name.name()).sql(" AS ").identifier(alias);
    }

    /// `SELECT … FROM source WHERE … GROUP BY … ORDER BY … LIMIT …`
    void select(ReadNode node, Source source) {
        select(node, source, RowAlias.Form.TYPED);
    }

    /// The same of rows that a write returned.
    void selectReturned(ReadNode node, Source source) {
        select(node, source, RowAlias.Form.RETURNED);
    }

    private void select(ReadNode node, Source source, RowAlias.Form form) {
        select(outermost(node, form), source);
    }

    /// The level that a select begins with, for who has to know its columns beforehand.
    Level outermost(ReadNode node, RowAlias.Form form) {
        return Level.of(node, new RowAlias(nextAlias("t"), form), this::nextAlias);
    }

    void select(Level level, Source source) {
        new OutputSql(sql, level).selectList();
        from(level, source);
    }

    /// What follows the columns of such a SELECT.
    void from(Level level, Source source) {
        ReadNode node = level.node();
        sql.sql(" FROM ");
        source.write(sql, level.row().name());
        joins(level);
        if (!node.where().isTrue()) {
            sql.sql(" WHERE ");
            predicate(level).write(node.where());
        }
        grouped(level);
        order(level);
        page(sql, node.page());
    }

    /// Rows as one JSON value each, and beside it the values of the sort keys as texts; only those
    /// of which `after` is true.
    void selectSeeking(ReadNode node, Predicate after) {
        Level level = outermost(node, RowAlias.Form.TYPED);
        sql.sql("SELECT (SELECT row_to_json(_v.*) FROM (");
        new OutputSql(sql, level).selectList();
        sql.sql(") AS _v) AS \"ashlar value\", json_build_array(");
        boolean first = true;
        for (Sort key : node.order()) {
            sql.sql(first ? "" : ", ");
            first = false;
            OperandSql.value(sql, level.row(), key.operand());
            sql.sql("::text");
        }
        sql.sql(") AS \"ashlar cursor\" FROM ");
        table(node.table().name()).write(sql, level.row().name());
        joins(level);
        Predicate where = new Predicate.And(List.of(node.where(), after));
        sql.sql(" WHERE ");
        predicate(level).write(where);
        order(level);
        page(sql, node.page());
    }

    /// The same rows without columns, order and page, to be counted; groups of rows count once.
    void selectForCount(ReadNode node, Source source) {
        selectForCount(node, source, RowAlias.Form.TYPED);
    }

    /// The same of rows that are kept, as those that a write returned.
    void selectReturnedForCount(ReadNode node, Source source) {
        selectForCount(node, source, RowAlias.Form.RETURNED);
    }

    private void selectForCount(ReadNode node, Source source, RowAlias.Form form) {
        Level level = outermost(node, form);
        boolean whole = level.isGrouped() || node.grouping().distinct() == Distinct.YES;
        if (whole) {
            new OutputSql(sql, level).selectList();
        } else {
            sql.sql("SELECT 1");
        }
        sql.sql(" FROM ");
        source.write(sql, level.row().name());
        for (int i = 0; i < level.joins().size(); i++) {
            Join join = level.joins().get(i);
            if (whole
                    || join.embed().join() == SelectItem.Join.INNER
                    || PredicateSql.asks(node.where(), i)) {
                join(level, join, i);
            }
        }
        if (!node.where().isTrue()) {
            sql.sql(" WHERE ");
            predicate(level).write(node.where());
        }
        grouped(level);
    }

    private String nextAlias(String prefix) {
        return prefix + aliases++;
    }

    private PredicateSql predicate(Level level) {
        return new PredicateSql(sql, level);
    }

    private void joins(Level level) {
        joins.write(this, level);
    }

    private void joinsAsJson(Level level) {
        for (int i = 0; i < level.joins().size(); i++) {
            join(level, level.joins().get(i), i);
        }
    }

    private void join(Level outer, Join join, int index) {
        boolean inner = join.embed().join() == SelectItem.Join.INNER;
        sql.sql(inner ? " INNER JOIN LATERAL (" : " LEFT JOIN LATERAL (");
        OutputSql outputs = new OutputSql(sql, join.level());
        boolean asked = PredicateSql.asks(outer.node().where(), index);
        if (join.isSpread()) {
            outputs.spread(join, asked ? OutputSql.Presence.ASKED : OutputSql.Presence.IGNORED);
            embedded(outer.row(), join);
        } else if (join.embed().toOne()) {
            outputs.object();
            embedded(outer.row(), join);
        } else {
            outputs.array();
            embedded(outer.row(), join);
        }
        outputs.end(join);
        sql.sql(") AS ").identifier(join.alias()).sql(" ON ");
        if (inner && !join.embed().toOne()) {
            sql.identifier(join.alias());
            sql.sql(join.isSpread() ? ".\"ashlar rows\" > 0" : ".v IS NOT NULL");
        } else {
            sql.sql("TRUE");
        }
    }

    /// What follows the columns of an embed's SELECT.
    void embedded(Origin outer, Join join) {
        Level level = join.level();
        ReadNode node = level.node();
        String alias = level.row().name();
        sql.sql(" FROM ");
        switch (join.embed().relationship()) {
            case Direct direct -> {
                table(node.table().name()).write(sql, alias);
                joins(level);
                sql.sql(" WHERE ");
                pairs(outer, level.row(), direct.pairs());
                condition(level, " AND (", ")");
            }
            case ThroughJunction through -> {
                RowAlias junction = RowAlias.typed(nextAlias("j"));
                table(node.table().name()).write(sql, alias);
                sql.sql(" INNER JOIN ");
                table(through.junction()).write(sql, junction.name());
                sql.sql(" ON ");
                pairs(junction, level.row(), through.targetPairs());
                joins(level);
                sql.sql(" WHERE ");
                pairs(outer, junction, through.originPairs());
                condition(level, " AND (", ")");
            }
            case Computed computed -> {
                QualifiedName function = computed.function();
                sql.qualified(function.schema(), function.name()).sql("(");
                outer.row(sql);
                sql.sql(") AS ").identifier(alias);
                joins(level);
                condition(level, " WHERE ", "");
            }
        }
        grouped(level);
        order(level);
        page(sql, node.page());
    }

    private void condition(
            Level level,
            @CompileTimeConstant final String before,
            @CompileTimeConstant final String after) {
        if (!level.node().where().isTrue()) {
            sql.sql(before);
            predicate(level).write(level.node().where());
            sql.sql(after);
        }
    }

    private void pairs(Origin origin, RowAlias target, List<Pair> pairs) {
        boolean first = true;
        for (Pair pair : pairs) {
            sql.sql(first ? "" : " AND ");
            first = false;
            target.column(sql, pair.targetColumn());
            sql.sql(" = ");
            origin.column(sql, pair.originColumn());
        }
    }

    /// Groups by position: keys of JSON paths are parameters, and the database would not take two
    /// of them for the same expression.
    private void grouped(Level level) {
        if (!level.isGrouped()) {
            return;
        }
        boolean first = true;
        List<Level.Col> columns = level.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).isAggregate()) {
                sql.sql(first ? " GROUP BY " : ", ").integer(i + 1L);
                first = false;
            }
        }
        Predicate having = level.node().grouping().having();
        if (!having.isTrue()) {
            sql.sql(" HAVING ");
            predicate(level).write(having);
        }
    }

    private void order(Level level) {
        boolean first = true;
        int[] related = new int[level.joins().size()];
        for (Sort key : level.node().order()) {
            sql.sql(first ? " ORDER BY " : ", ");
            first = false;
            if (key.embed() == null) {
                sorted(level, key.operand());
            } else {
                Join join = level.joins().get(key.embed());
                SortColumn column = join.level().sortColumns().get(related[key.embed()]++);
                // Rows of one group agree in what they show of the embed, not in all of it.
                sql.sql(level.isGrouped() ? "min(" : "");
                sql.identifier(join.alias()).sql(".").identifier(column.name());
                sql.sql(level.isGrouped() ? ")" : "");
            }
            direction(sql, key);
        }
    }

    /// A JSON path among groups goes by its position, for the reason that groups do.
    private void sorted(Level level, Operand operand) {
        boolean shown = level.isGrouped() || level.node().grouping().distinct() == Distinct.YES;
        OptionalInt position = shown ? level.findPath(operand) : OptionalInt.empty();
        if (position.isPresent()) {
            sql.integer(position.getAsInt());
        } else {
            OperandSql.value(sql, level.row(), operand);
        }
    }

    static void direction(SqlText sql, Sort key) {
        sql.sql(key.direction() == Direction.ASCENDING ? " ASC" : " DESC");
        if (key.nulls() != Nulls.DEFAULT) {
            sql.sql(key.nulls() == Nulls.FIRST ? " NULLS FIRST" : " NULLS LAST");
        }
    }

    /// A usual limit is part of the statement's text. Of one that it knows, the database keeps a
    /// plan; a parameter might be anything, for which it plans anew each time ("a tenth of the
    /// rows" is what a plan for any limit expects, so that it always looks dearer). Few are usual,
    /// since each makes a statement of its own to be kept prepared.
    static void page(SqlText sql, Page page) {
        Long limit = page.limit();
        if (limit != null) {
            sql.sql(" LIMIT ");
            if (isUsual(limit)) {
                sql.integer(limit);
            } else {
                sql.parameter(limit);
            }
        }
        if (page.offset() > 0) {
            sql.sql(" OFFSET ").parameter(page.offset());
        }
    }

    private static boolean isUsual(long limit) {
        return limit <= 10 || (limit <= 100 && limit % 5 == 0) || isRound(limit);
    }

    /// One digit and zeros, or such a number and a half: 200, 1,000, 1,500, 5,000.
    private static boolean isRound(long limit) {
        long rest = limit;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest < 10 || (rest < 100 && rest % 5 == 0);
    }
}
