package dev.ashlar.backend.postgres.migrate;

import dev.ashlar.backend.postgres.exposure.ExposureReader;
import dev.ashlar.backend.postgres.jdbc.SqlResource;
import dev.ashlar.policy.exposure.ExposureReport;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Applies files in a transaction to see what the database would expose, and takes all of it back.
///
/// The locks that the files take are held while it is looked, so there is a limit on every
/// statement and on waiting for others: then the trial is given up.
///
/// @param connection whose user may become every role
/// @param house as whom the application's files run; empty for the connection's user itself
record Trial(Connection connection, String house, ExposureReader reader) {

    Preview of(List<MigrationFile> pending) throws SQLException {
        if (pending.isEmpty()) {
            return new Preview.Nothing();
        }
        Optional<MigrationFile> alone =
                pending.stream().filter(file -> !file.sql().inTransaction()).findFirst();
        if (alone.isPresent()) {
            return new Preview.Impossible(alone.get().script() + " does not run in a transaction");
        }
        Optional<ExposureReport> seen = Optional.empty();
        try {
            // Two looks, and neither stands for the other: the second sees what the files change,
            // and reads the whole catalog anew, since a grant of theirs may reach any object.
            ExposureReport before = reader.look(connection);
            seen = Optional.of(before);
            ExposureReport after = after(pending);
            return new Preview.Seen(
                    pending.stream().map(MigrationFile::script).toList(), before, after);
        } catch (StatementFailure | IOException e) {
            return new Preview.Impossible(String.valueOf(e.getMessage()), seen);
        }
    }

    private ExposureReport after(List<MigrationFile> pending) throws SQLException, IOException {
        connection.setAutoCommit(false);
        try {
            // As the reader wants it, who comes too late to say so.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            String prologue = SqlResource.load("migrate/before_trial.sql");
            for (MigrationFile file : pending) {
                become(house);
                new FileMigration(file, prologue, _ -> {}).apply(connection);
            }
            become(connection.getMetaData().getUserName());
            return reader.look(connection);
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        }
    }

    private void become(String role) throws SQLException {
        if (house.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(SqlResource.load("migrate/become.sql"))) {
            statement.setString(1, role);
            statement.execute();
        }
    }
}
