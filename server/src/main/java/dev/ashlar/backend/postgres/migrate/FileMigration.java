package dev.ashlar.backend.postgres.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.executor.Context;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.MigrationType;
import org.flywaydb.core.internal.jdbc.Results;

/// A [MigrationFile] as Flyway asks for it. `prologue` runs before the file, in its transaction;
/// what the database remarks goes to `notices`.
record FileMigration(MigrationFile file, String prologue, Consumer<String> notices)
        implements ResolvedMigration, MigrationExecutor {

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(file.version());
    }

    @Override
    public String getDescription() {
        return file.description();
    }

    @Override
    public String getScript() {
        return file.script();
    }

    @Override
    public Integer getChecksum() {
        return file.checksum();
    }

    @Override
    public MigrationType getType() {
        return CoreMigrationType.SQL;
    }

    @Override
    public String getPhysicalLocation() {
        return file.script();
    }

    @Override
    public MigrationExecutor getExecutor() {
        return this;
    }

    @Override
    public boolean checksumMatches(Integer checksum) {
        return Objects.equals(checksum, getChecksum());
    }

    @Override
    public boolean checksumMatchesWithoutBeingIdentical(Integer checksum) {
        return false;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return file.sql().inTransaction();
    }

    @Override
    public boolean shouldExecute() {
        return true;
    }

    @Override
    public List<Results> execute(Context context) throws SQLException {
        apply(context.getConnection());
        return List.of();
    }

    void apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(prologue);
            for (SqlScript.Statement sql : file.sql().statements()) {
                run(statement, sql);
            }
        }
    }

    private void run(Statement statement, SqlScript.Statement sql) throws SQLException {
        try {
            statement.execute(sql.sql());
        } catch (SQLException e) {
            throw new StatementFailure(file, sql, e);
        }
        for (SQLWarning warning = statement.getWarnings();
                warning != null;
                warning = warning.getNextWarning()) {
            notices.accept(file.at(sql.offset()) + ": " + Remark.text(warning));
        }
        statement.clearWarnings();
    }
}
