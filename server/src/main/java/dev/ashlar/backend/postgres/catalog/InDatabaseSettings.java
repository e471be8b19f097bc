package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.backend.postgres.jdbc.SqlResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Settings that the database keeps for its login: those of the role, those of the role in this
/// database over them, and those that the function `db-pre-config` sets over both.
public final class InDatabaseSettings {
    private InDatabaseSettings() {}

    /// By name with underscores, without the prefix `pgrst.`. Blocks.
    public static Map<String, String> load(PostgresAddress address, Optional<String> preConfig) {
        try (Connection connection = JdbcConnections.open(address, "ashlar-config")) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            Map<String, String> settings = new LinkedHashMap<>();
            if (preConfig.isPresent()) {
                call(connection, preConfig.get());
            }
            try (PreparedStatement statement =
                            connection.prepareStatement(
                                    SqlResource.load("catalog/in_database_settings.sql"));
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String value = rows.getString(2);
                    if (value != null) {
                        settings.put(rows.getString(1), value);
                    }
                }
            }
            connection.rollback();
            return settings;
        } catch (SQLException e) {
            throw new CatalogLoadException("cannot read the settings: " + e.getMessage(), e);
        }
    }

    /// The function is named by the operator, in the form `schema.name`.
    private static void call(Connection connection, String function) throws SQLException {
        String[] parts = function.split("\\.", 2);
        StringBuilder call = new StringBuilder("select ");
        for (int i = 0; i < parts.length; i++) {
            call.append(i == 0 ? "" : ".");
            call.append('"').append(parts[i].replace("\"", "\"\"")).append('"');
        }
        try (PreparedStatement statement =
                connection.prepareStatement(call.append("()").toString())) {
            statement.execute();
        }
    }
}
