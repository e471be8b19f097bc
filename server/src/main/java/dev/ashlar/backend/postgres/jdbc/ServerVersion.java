package dev.ashlar.backend.postgres.jdbc;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.PostgresTls;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Which PostgreSQL answers at an address.
public final class ServerVersion {
    private ServerVersion() {}

    /// 18, say. Blocks; throws what the driver says when nobody answers or the login is refused.
    public static int major(PostgresAddress address) throws IOException {
        try (Connection connection = JdbcConnections.open(address, "ashlar-check")) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw new IOException(reason(e), e);
        }
    }

    /// As the server tells it: `PostgreSQL 18.1 on x86_64-pc-linux-gnu, compiled by …`. Blocks.
    public static String full(PostgresAddress address) throws IOException {
        try (Connection connection = JdbcConnections.open(address, "ashlar-check");
                PreparedStatement statement = connection.prepareStatement("select version()");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "PostgreSQL";
        } catch (SQLException e) {
            throw new IOException(reason(e), e);
        }
    }

    /// The driver says only "The connection attempt failed." of some, and keeps why in the cause.
    private static String reason(SQLException e) {
        Optional<String> refusal = PostgresTls.findRefusal(e);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (e.getCause()) {
            case UnknownHostException _ -> "no host of this name is known";
            case SocketTimeoutException _ -> "it did not answer in time";
            case null -> String.valueOf(e.getMessage());
            case Throwable _ -> String.valueOf(e.getMessage());
        };
    }
}
