package dev.ashlar.backend.postgres.policy;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Copies of a database on its server, so that tests need not wait for each other.
public final class DatabaseCopies {
    private DatabaseCopies() {}

    /// Nobody may be connected to the database that is copied.
    ///
    /// @param administration another database of the server, as somebody who may create databases
    /// @throws PolicyLabException when the server refuses
    public static List<PostgresAddress> make(
            PostgresAddress template, PostgresAddress administration, int count) {
        List<PostgresAddress> copies = new ArrayList<>();
        try (Connection connection = JdbcConnections.open(administration, "ashlar-policy-test");
                Statement statement = connection.createStatement()) {
            for (int i = 1; i <= count; i++) {
                String name = "copy_" + i;
                statement.execute(
                        "create database %s template \"%s\""
                                .formatted(name, template.database().replace("\"", "\"\"")));
                copies.add(template.inDatabase(name));
            }
            return List.copyOf(copies);
        } catch (SQLException e) {
            throw new PolicyLabException(e);
        }
    }
}
