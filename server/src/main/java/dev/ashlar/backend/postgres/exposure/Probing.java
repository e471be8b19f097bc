package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlText;
import dev.ashlar.policy.exposure.Facts;
import dev.ashlar.policy.exposure.Facts.Relation;
import dev.ashlar.policy.exposure.Verb;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    /// Whose a row has become, which triggers may have changed.
    ///
    /// @param read with the rights of who made the table's rows
    record Look(Relation table, SqlStatement read, String expected) {}

    /// What trying statements as the caller comes to.
    ///
    /// @param look afterwards; without one it is enough that a row was written
    Verdict verdict(List<SqlStatement> acts, Optional<Look> look, Relation on, Verb verb)
            throws SQLException {
        List<SqlStatement> statements = new ArrayList<>(acts);
        look.ifPresent(each -> {
            statements.add(maker.maskOff(each.table()));
            statements.add(each.read());
        });
        Attempt attempt = tried(statements.toArray(SqlStatement[]::new));
        boolean written = attempt instanceof Attempt.Done done && done.lastCount() > 0;
        if (look.isPresent() && written && attempt instanceof Attempt.Done done) {
            boolean kept =
                    done.rows().stream().map(List::getLast).anyMatch(look.get().expected()::equals);
            return kept ? Verdict.ALLOWED : Verdict.denied("a trigger sets the owner");
        }
        return Verdict.of(attempt, facts, on, verb);
    }

    /// Reads the owner of a row by its key. Empty where it has none to be found by.
    Optional<Look> look(
            Relation table,
            Optional<String> owner,
            Map<String, Optional<String>> values,
            Optional<String> expected) {
        boolean known =
                !table.primaryKey().isEmpty()
                        && table.primaryKey().stream()
                                .allMatch(column ->
                                        values.getOrDefault(column, Optional.empty()).isPresent());
        if (!known || owner.isEmpty() || expected.isEmpty()) {
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
        return Optional.of(new Look(table, sql.build(), expected.get()));
    }

    /// By which a row is found again after its owner was changed.
    static Map<String, Optional<String>> keys(WorldRow row, String owner) {
        Map<String, Optional<String>> keys = new LinkedHashMap<>(row.values());
        keys.remove(owner);
        return keys;
    }
}
