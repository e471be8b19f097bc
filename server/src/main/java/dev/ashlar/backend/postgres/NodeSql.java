package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Relationship;
import dev.ashlar.catalog.Relationship.Direct;
import dev.ashlar.catalog.Relationship.Pair;
import dev.ashlar.catalog.Relationship.ThroughJunction;
import dev.ashlar.intent.Order.Direction;
import dev.ashlar.intent.Order.Nulls;
import dev.ashlar.intent.SelectItem.Join;
import dev.ashlar.intent.SelectItem.Placement;
import dev.ashlar.plan.CastType;
import dev.ashlar.plan.Embed;
import dev.ashlar.plan.ReadNode;
import dev.ashlar.plan.ReadNode.Output;
import dev.ashlar.plan.ReadNode.Sort;
import dev.ashlar.predicate.Operand;
import dev.ashlar.predicate.Predicate;
import java.util.List;

/// Writes one level of a read as a SELECT, and the levels inside it as lateral joins that yield
/// JSON.
///
/// Every level has aliases of its own: `tN` its table, `eN` an embed of it, `jN` a junction.
final class NodeSql {
    private final SqlText sql;
    private int aliases;

    NodeSql(SqlText sql) {
        this.sql = sql;
    }

    /// Where the rows of the outermost level come from: writes what follows FROM, under the given
    /// alias.
    @FunctionalInterface
    interface Source {
        void write(SqlText sql, String alias);
    }

    static Source table(QualifiedName name) {
        return (sql, alias) ->
                sql.qualified(name.schema(), name.name()).sql(" AS ").identifier(alias);
    }

    /// `SELECT … FROM source WHERE … ORDER BY … LIMIT …`
    void select(ReadNode node, Source source) {
        String alias = nextAlias("t");
        List<String> embeds = embedAliases(node);
        sql.sql("SELECT ");
        outputs(node, alias, embeds);
        sql.sql(" FROM ");
        source.write(sql, alias);
        joins(node, alias, embeds);
        where(node, alias, embeds);
        order(node, alias);
        page(node);
    }

    /// The same rows without columns, order and page, to be counted.
    void selectForCount(ReadNode node, Source source) {
        String alias = nextAlias("t");
        List<String> embeds = embedAliases(node);
        sql.sql("SELECT 1 FROM ");
        source.write(sql, alias);
        for (int i = 0; i < embeds.size(); i++) {
            if (node.embeds().get(i).join() == Join.INNER || asks(node.where(), i)) {
                join(node.embeds().get(i), alias, embeds.get(i));
            }
        }
        where(node, alias, embeds);
    }

    private String nextAlias(String prefix) {
        return prefix + aliases++;
    }

    private List<String> embedAliases(ReadNode node) {
        return node.embeds().stream().map(_ -> nextAlias("e")).toList();
    }

    private void outputs(ReadNode node, String alias, List<String> embeds) {
        boolean first = true;
        for (Output output : node.outputs()) {
            if (output instanceof ReadNode.Related(int embed)
                    && node.embeds().get(embed).node().outputs().isEmpty()) {
                continue;
            }
            if (!first) {
                sql.sql(", ");
            }
            first = false;
            output(node, output, alias, embeds);
        }
    }

    private void output(ReadNode node, Output output, String alias, List<String> embeds) {
        switch (output) {
            case ReadNode.AllColumns() -> sql.identifier(alias).sql(".*");
            case ReadNode.Value(Operand operand, String name, CastType cast) -> {
                if (cast == null) {
                    OperandSql.value(sql, alias, operand);
                } else {
                    sql.sql("CAST(");
                    OperandSql.value(sql, alias, operand);
                    sql.sql(" AS ").identifier(cast.name()).sql(cast.array() ? "[])" : ")");
                }
                sql.sql(" AS ").identifier(name);
            }
            case ReadNode.Related(int index) ->
                    related(node.embeds().get(index), embeds.get(index));
        }
    }

    private void related(Embed embed, String alias) {
        if (embed.placement() == Placement.SPREAD) {
            sql.identifier(alias).sql(".*");
            return;
        }
        if (embed.toOne()) {
            sql.identifier(alias).sql(".v");
        } else {
            sql.sql("coalesce(").identifier(alias).sql(".v, '[]')");
        }
        sql.sql(" AS ").identifier(embed.name());
    }

    private void joins(ReadNode node, String alias, List<String> embeds) {
        for (int i = 0; i < embeds.size(); i++) {
            join(node.embeds().get(i), alias, embeds.get(i));
        }
    }

    private void join(Embed embed, String outer, String alias) {
        sql.sql(embed.join() == Join.INNER ? " INNER JOIN LATERAL (" : " LEFT JOIN LATERAL (");
        if (embed.placement() == Placement.SPREAD) {
            embedded(embed, outer);
        } else {
            sql.sql(
                    embed.toOne()
                            ? "SELECT row_to_json(_r.*) AS v FROM ("
                            : "SELECT json_agg(_r.*) AS v FROM (");
            embedded(embed, outer);
            sql.sql(") AS _r");
        }
        sql.sql(") AS ").identifier(alias).sql(" ON ");
        if (embed.join() == Join.INNER && !embed.toOne()) {
            sql.identifier(alias).sql(".v IS NOT NULL");
        } else {
            sql.sql("TRUE");
        }
    }

    private void embedded(Embed embed, String outer) {
        ReadNode node = embed.node();
        String alias = nextAlias("t");
        List<String> embeds = embedAliases(node);
        sql.sql("SELECT ");
        outputs(node, alias, embeds);
        sql.sql(" FROM ");
        table(node.table().name()).write(sql, alias);
        switch (embed.relationship()) {
            case Direct direct -> {
                joins(node, alias, embeds);
                sql.sql(" WHERE ");
                pairs(outer, alias, direct.pairs());
            }
            case ThroughJunction through -> {
                String junction = nextAlias("j");
                sql.sql(" INNER JOIN ");
                table(through.junction()).write(sql, junction);
                sql.sql(" ON ");
                pairs(junction, alias, through.targetPairs());
                joins(node, alias, embeds);
                sql.sql(" WHERE ");
                pairs(outer, junction, through.originPairs());
            }
        }
        if (!node.where().isTrue()) {
            sql.sql(" AND (");
            new PredicateSql(sql, alias, embeds, node.embeds()).write(node.where());
            sql.sql(")");
        }
        order(node, alias);
        page(node);
    }

    private void pairs(String origin, String target, List<Pair> pairs) {
        boolean first = true;
        for (Pair pair : pairs) {
            if (!first) {
                sql.sql(" AND ");
            }
            first = false;
            sql.identifier(target).sql(".").identifier(pair.targetColumn()).sql(" = ");
            sql.identifier(origin).sql(".").identifier(pair.originColumn());
        }
    }

    private void where(ReadNode node, String alias, List<String> embeds) {
        if (!node.where().isTrue()) {
            sql.sql(" WHERE ");
            new PredicateSql(sql, alias, embeds, node.embeds()).write(node.where());
        }
    }

    private void order(ReadNode node, String alias) {
        boolean first = true;
        for (Sort key : node.order()) {
            sql.sql(first ? " ORDER BY " : ", ");
            first = false;
            if (key.embed() == null) {
                OperandSql.value(sql, alias, key.operand());
            } else {
                relatedKey(node.embeds().get(key.embed()).relationship(), alias, key.operand());
            }
            sql.sql(key.direction() == Direction.ASCENDING ? " ASC" : " DESC");
            if (key.nulls() != Nulls.DEFAULT) {
                sql.sql(key.nulls() == Nulls.FIRST ? " NULLS FIRST" : " NULLS LAST");
            }
        }
    }

    /// The sort key of the one related row.
    private void relatedKey(Relationship relationship, String outer, Operand operand) {
        if (!(relationship instanceof Direct direct)) {
            throw new IllegalStateException("only a to-one relationship sorts");
        }
        String alias = nextAlias("t");
        sql.sql("(SELECT ");
        OperandSql.value(sql, alias, operand);
        sql.sql(" FROM ");
        table(direct.target()).write(sql, alias);
        sql.sql(" WHERE ");
        pairs(outer, alias, direct.pairs());
        sql.sql(")");
    }

    private void page(ReadNode node) {
        if (node.page().limit() != null) {
            sql.sql(" LIMIT ").parameter(node.page().limit());
        }
        if (node.page().offset() > 0) {
            sql.sql(" OFFSET ").parameter(node.page().offset());
        }
    }

    /// Whether the condition asks for the presence of that embed.
    private static boolean asks(Predicate predicate, int embed) {
        return switch (predicate) {
            case Predicate.EmbedPresent(int index) -> index == embed;
            case Predicate.And(var parts) -> parts.stream().anyMatch(part -> asks(part, embed));
            case Predicate.Or(var parts) -> parts.stream().anyMatch(part -> asks(part, embed));
            case Predicate.Not(var part) -> asks(part, embed);
            case Predicate.Compare _,
                    Predicate.CompareEach _,
                    Predicate.In _,
                    Predicate.Is _,
                    Predicate.FullText _ ->
                    false;
        };
    }
}
