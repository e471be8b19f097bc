package dev.ashlar.backend.postgres.jdbc;

import dev.ashlar.backend.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/// Whether a server follows another one, and whether it takes writes.
public record ServerState(boolean standby, boolean readOnly) {
    private static final Set<String> TARGETS =
            Set.of("any", "read-write", "read-only", "primary", "standby", "prefer-standby");

    /// Empty when nobody answers or the login is refused. Blocks.
    public static Optional<ServerState> find(PostgresAddress address) {
        try (Connection connection = JdbcConnections.open(address, "ashlar-check");
                PreparedStatement statement =
                        connection.prepareStatement(
                                "select pg_is_in_recovery(),"
                                        + " current_setting('transaction_read_only')::bool");
                ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(new ServerState(rows.getBoolean(1), rows.getBoolean(2)))
                    : Optional.empty();
        } catch (SQLException _) {
            return Optional.empty();
        }
    }

    /// @throws IllegalArgumentException for what is no value of libpq's `target_session_attrs`
    public static void requireTarget(String target) {
        if (!TARGETS.contains(target)) {
            throw new IllegalArgumentException(
                    "invalid target_session_attrs value: \"" + target + "\"");
        }
    }

    /// By a value of libpq's `target_session_attrs`.
    public boolean suits(String target) {
        return switch (target) {
            case "read-write" -> !readOnly;
            case "read-only" -> readOnly;
            case "primary" -> !standby;
            case "standby" -> standby;
            default -> true;
        };
    }
}
