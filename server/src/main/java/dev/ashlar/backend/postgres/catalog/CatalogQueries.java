package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.backend.postgres.jdbc.SqlResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collection;

/// The queries of one load, on one connection and one snapshot.
final class CatalogQueries {
    private final Connection connection;

    private CatalogQueries(Connection connection) {
        this.connection = connection;
    }

    /// The driver fetches in batches only when it is told of the transaction.
    static CatalogQueries begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SqlResource.load("catalog/session.sql"));
        }
        return new CatalogQueries(connection);
    }

    /// Turns all rows of a query into one value.
    interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /// 18, say.
    int serverVersion() throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    /// `parameters` in the order of the query: names as a collection of strings, or [Oids].
    <T> T read(String resource, Reading<T> reading, Object... parameters) throws SQLException {
        String text = SqlResource.load("catalog/" + resource);
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return reading.read(rows);
            }
        }
    }

    private void bind(PreparedStatement statement, int position, Object parameter)
            throws SQLException {
        switch (parameter) {
            case Oids.All _ -> statement.setNull(position, Types.ARRAY);
            case Oids.Some(var oids) ->
                    statement.setArray(position, connection.createArrayOf("oid", oids.toArray()));
            case Collection<?> names ->
                    statement.setArray(position, connection.createArrayOf("text", names.toArray()));
            default -> throw new IllegalArgumentException("parameter " + parameter);
        }
    }
}
