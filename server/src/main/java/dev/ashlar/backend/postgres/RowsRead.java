package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.json.JsonRows;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.intent.Format.Rows;
import dev.ashlar.plan.Plan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A read whose rows come as they are, for their JSON to be written here.
sealed interface RowsRead permits FlatRead, TreeRead {
    /// Empty for what only [PlanSql] can do.
    static Optional<RowsRead> find(Plan.Read read) {
        return TreeRead.find(read).<RowsRead>map(tree -> tree).or(() -> FlatRead.find(read));
    }

    SqlStatement statement();

    /// The key of the one outermost row that is read, if there is one and nothing else.
    @Nullable KeyedRead keyed();

    /// The same of a plan that differs in its values alone.
    RowsRead with(SqlStatement other, Plan.Read plan);

    /// What makes the body of an answer of the rows.
    BodyRows rows(ReadStatements statements, long largestAnswer);

    static JsonRows.Form form(Rows rows) {
        return switch (rows) {
            case ANY -> JsonRows.Form.ARRAY;
            case ONE -> JsonRows.Form.OBJECT;
        };
    }
}
