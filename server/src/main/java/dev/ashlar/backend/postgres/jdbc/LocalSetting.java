package dev.ashlar.backend.postgres.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// A setting of a connection that ends with its transaction.
public final class LocalSetting {
    private LocalSetting() {}

    /// As `SET LOCAL`, with the value as a parameter.
    public static void set(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select pg_catalog.set_config(?, ?, true)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.execute();
        }
    }
}
