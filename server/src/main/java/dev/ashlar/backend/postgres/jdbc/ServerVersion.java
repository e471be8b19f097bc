package dev.ashlar.backend.postgres.jdbc;

import dev.ashlar.backend.postgres.PostgresAddress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/// Which PostgreSQL answers at an address.
public final class ServerVersion {
    private ServerVersion() {}

    /// 18, say. Blocks; throws what the driver says when nobody answers or the login is refused.
    public static int major(PostgresAddress address) throws IOException {
        try (Connection connection = JdbcConnections.open(address, "ashlar-check")) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
