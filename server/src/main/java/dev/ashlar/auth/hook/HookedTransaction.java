package dev.ashlar.auth.hook;

import dev.ashlar.backend.sql.SqlRow;
import dev.ashlar.backend.sql.SqlStatement;
import dev.ashlar.backend.sql.SqlTransaction;
import java.util.List;

/// A transaction that knows what webhooks have answered.
record HookedTransaction(SqlTransaction plain, RunAgain memory) implements SqlTransaction {
    @Override
    public List<SqlRow> query(SqlStatement statement) {
        return plain.query(statement);
    }

    @Override
    public List<List<SqlRow>> queryAll(List<SqlStatement> statements) {
        return plain.queryAll(statements);
    }

    @Override
    public void post(SqlStatement statement) {
        plain.post(statement);
    }

    @Override
    public long execute(SqlStatement statement) {
        return plain.execute(statement);
    }
}
