package dev.ashlar.backend.postgres.migrate;

import dev.ashlar.backend.postgres.jdbc.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a history table says was applied: version to checksum. Answers in one round trip whether
/// there is anything to do, since loading Flyway takes longer than the rest of a start.
record AppliedVersions(Map<String, Integer> checksums, boolean clean) {
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String INVALID_SCHEMA = "3F000";

    /// Empty when there is no such history yet.
    static AppliedVersions load(Connection connection, String resource) throws SQLException {
        Map<String, Integer> checksums = new HashMap<>();
        boolean clean = true;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SqlResource.load(resource))) {
            while (rows.next()) {
                checksums.put(rows.getString("version"), rows.getInt("checksum"));
                clean &= rows.getBoolean("success");
            }
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState()) || INVALID_SCHEMA.equals(e.getSQLState())) {
                return new AppliedVersions(Map.of(), true);
            }
            throw e;
        }
        return new AppliedVersions(checksums, clean);
    }

    /// All of the files were applied as they are now.
    boolean holdAll(List<MigrationFile> files) {
        return clean
                && files.stream()
                        .allMatch(file ->
                                Integer.valueOf(file.checksum())
                                        .equals(checksums.get(file.version())));
    }

    /// Those of the files that were not applied yet.
    List<MigrationFile> missing(List<MigrationFile> files) {
        return files.stream().filter(file -> !checksums.containsKey(file.version())).toList();
    }

    /// Nothing else was.
    boolean holdOnly(List<MigrationFile> files) {
        return checksums.size() == files.size();
    }
}
