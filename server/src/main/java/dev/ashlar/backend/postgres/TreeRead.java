package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.json.JsonRows;
import dev.ashlar.backend.postgres.json.TreeShape;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.intent.Answer;
import dev.ashlar.intent.Answer.Count;
import dev.ashlar.intent.Format;
import dev.ashlar.intent.Format.Nulls;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.plan.Plan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A read with embeds whose rows, those of the embeds too, come as they are and one after the
/// other, for their JSON to be written here: the same rows and bytes as of the statement that
/// [PlanSql] writes.
///
/// @param keyed the key of the one outermost row that is read, if there is one and nothing else
record TreeRead(
        SqlStatement statement, TreeShape shape, JsonRows.Form form, @Nullable KeyedRead keyed)
        implements RowsRead {
    /// The database has at most 1,664 columns in one SELECT.
    private static final int MOST_COLUMNS = 1_000;

    /// Each column that rows of one level have for those of another costs the database about a
    /// hundredth of a microsecond: with fewer than this, less than making JSON of the row would.
    private static final int MOST_PADDING = 48;

    /// Empty for reads without embeds, and for what only [PlanSql] can do or [FlatRead] does: other
    /// formats, pages by cursor, counts of all pages, groups, columns of spread embeds, embeds that
    /// functions bring, conditions on there being rows of an array, levels of very different width,
    /// and names of which the database would have to say what they become.
    static Optional<TreeRead> find(Plan.Read read) {
        return find(read, MOST_PADDING);
    }

    /// The same with another limit to how much wider rows of one level may be than those of
    /// another.
    static Optional<TreeRead> find(Plan.Read read, int mostPadding) {
        Answer answer = read.answer();
        if (read.node().embeds().isEmpty()
                || read.seek() != null
                || !(answer.format() instanceof Format.Json(Rows rows, Nulls nulls))
                || nulls == Nulls.STRIPPED
                || answer.count() == Count.ESTIMATED
                || (answer.count() == Count.EXACT && !read.node().page().isAll())) {
            return Optional.empty();
        }
        SqlText sql = new SqlText();
        TreeSql tree = new TreeSql(sql, read.node());
        if (!TreePlan.suits(tree.outermost())) {
            return Optional.empty();
        }
        TreeRow row = TreePlan.of(tree.outermost());
        if (row.mostColumns() > MOST_COLUMNS || row.widest() - row.narrowest() > mostPadding) {
            return Optional.empty();
        }
        tree.write(row);
        SqlStatement statement = sql.build();
        return Optional.of(
                new TreeRead(
                        statement,
                        TreeShape.of(row.members()),
                        RowsRead.form(rows),
                        KeyedRead.ofOne(read, statement)));
    }

    @Override
    public TreeRead with(SqlStatement other, Plan.Read plan) {
        return new TreeRead(other, shape, form, KeyedRead.ofOne(plan, other));
    }

    @Override
    public BodyRows rows(ReadStatements statements, long largestAnswer) {
        return new TreeRows(this, statements, largestAnswer);
    }
}
