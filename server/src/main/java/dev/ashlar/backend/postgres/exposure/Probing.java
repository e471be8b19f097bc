package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/// What all probes of a run share.
///
/// @param maker who made the rows, and can look at them
record Probing(
        Attempts attempts,
        Facts facts,
        Gate gate,
        WorldPlanner planner,
        RowMaker rowMaker,
        Rows rows,
        Maker maker) {

    /// Whether callers of the role have an account.
    boolean signedIn(String role) {
        return !role.equals(facts.callers().anonymous());
    }

    /// Tries something as the caller; whatever it does is undone before the next.
    Attempt tried(SqlStatement... statements) throws SQLException {
        return attempts.anew(Prober.ACT, statements);
    }

    /// Reads the owner of a row by its key. Empty where it has none to be found by.
    Optional<SqlStatement> look(
            Relation table, Optional<String> owner, Map<String, Optional<String>> values) {
        boolean known =
                !table.primaryKey().isEmpty()
                        && table.primaryKey().stream()
                                .allMatch(column ->
                                        values.getOrDefault(column, Optional.empty()).isPresent());
        if (!known || owner.isEmpty()) {
            return Optional.empty();
        }
        SqlText sql =
                new SqlText()
                        .sql("select ")
                        .identifier(owner.get())
                        .sql("::text from ")
                        .qualified(table.schema(), table.name())
                        .sql(" where ");
        for (int i = 0; i < table.primaryKey().size(); i++) {
            String column = table.primaryKey().get(i);
            sql.sql(i == 0 ? "" : " and ")
                    .identifier(column)
                    .sql(" = ")
                    .parameter(values.getOrDefault(column, Optional.empty()).orElseThrow());
        }
        return Optional.of(sql.build());
    }
}
