package dev.ashlar.backend.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Settings of roles that this login may set for them (PostgREST's documentation, "Impersonated
/// Role Settings").
final class RoleSettingRows {
    private static final int FIRST_WITH_PARAMETER_RIGHTS = 15;

    /// `context` as in `pg_settings`, null for a setting of the application's own.
    private record Row(String role, String name, String value, @Nullable String context) {
        boolean needsRight() {
            return "superuser".equals(context);
        }
    }

    private RoleSettingRows() {}

    /// By role and name.
    static Map<String, Map<String, String>> load(CatalogQueries queries) throws SQLException {
        List<Row> rows = queries.read("role_settings.sql", RoleSettingRows::read);
        Set<String> guarded = new HashSet<>();
        rows.stream().filter(Row::needsRight).forEach(row -> guarded.add(row.name()));
        Set<String> given = guarded.isEmpty() ? Set.of() : allowed(queries, guarded);
        Map<String, Map<String, String>> settings = new HashMap<>();
        for (Row row : rows) {
            if (!row.needsRight() || given.contains(row.name())) {
                settings.computeIfAbsent(row.role(), _ -> new HashMap<>())
                        .put(row.name(), row.value());
            }
        }
        settings.replaceAll((_, ofRole) -> Map.copyOf(ofRole));
        return Map.copyOf(settings);
    }

    private static Set<String> allowed(CatalogQueries queries, Set<String> guarded)
            throws SQLException {
        String resource =
                queries.serverVersion() < FIRST_WITH_PARAMETER_RIGHTS
                        ? "parameters_14.sql"
                        : "parameters.sql";
        return queries.read(
                resource,
                rows -> {
                    Set<String> names = new HashSet<>();
                    while (rows.next()) {
                        names.add(Rows.text(rows, "name"));
                    }
                    return names;
                },
                guarded);
    }

    private static List<Row> read(ResultSet rows) throws SQLException {
        List<Row> all = new ArrayList<>();
        while (rows.next()) {
            all.add(
                    new Row(
                            Rows.text(rows, "rolname"),
                            Rows.text(rows, "name"),
                            Rows.text(rows, "value"),
                            rows.getString("context")));
        }
        return all;
    }
}
