package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.jdbc.SqlResource;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Runs the queries of this room, all in the transaction of one connection.
final class FactQueries {
    private final Connection connection;

    FactQueries(Connection connection) {
        this.connection = connection;
    }

    /// Turns one row into a value.
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    int version() throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    /// Parameters are collections: of oids as `Long`, or of names.
    <T> List<T> list(String resource, Row<T> row, List<? extends Collection<?>> parameters)
            throws SQLException {
        String text = SqlResource.load("exposure/" + resource);
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setArray(i + 1, array(parameters.get(i)));
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(row.read(rows));
                }
                return read;
            }
        }
    }

    private Array array(Collection<?> values) throws SQLException {
        boolean oids = values.stream().anyMatch(Long.class::isInstance);
        return connection.createArrayOf(oids ? "oid" : "text", values.toArray());
    }

    static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    static Optional<String> find(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static char letter(ResultSet row, String column) throws SQLException {
        String text = text(row, column);
        return text.isEmpty() ? ' ' : text.charAt(0);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    static List<Long> oids(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }
}
