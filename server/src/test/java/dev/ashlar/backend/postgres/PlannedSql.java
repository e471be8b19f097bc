package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.plan.Plan;
import java.util.List;
import java.util.Optional;

/// Lets tests of other packages see the statement of a plan.
public final class PlannedSql {
    private PlannedSql() {}

    public static SqlStatement of(Plan plan) {
        return PlanSql.of(plan, Telling.NOTHING);
    }

    /// The statement whose rows come as they are, and how each column becomes JSON.
    public static Optional<Flat> findFlat(Plan plan) {
        return plan instanceof Plan.Read read
                ? FlatRead.find(read)
                        .map(flat ->
                                new Flat(
                                        flat.statement(),
                                        flat.shape().members().stream()
                                                .map(each -> each.kind() + " " + each.name())
                                                .toList()))
                : Optional.empty();
    }

    /// The statement whose rows are those of all levels.
    public static Optional<SqlStatement> findTree(Plan plan) {
        return plan instanceof Plan.Read read
                ? TreeRead.find(read).map(TreeRead::statement)
                : Optional.empty();
    }

    public record Flat(SqlStatement statement, List<String> members) {}
}
