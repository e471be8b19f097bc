package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.MediaHandler;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Domains named like media types, and what makes values of them (PostgREST's documentation, "Media
/// Type Handlers").
final class MediaTypes {
    /// The vendor's own, which cannot be overridden.
    private static final String RESERVED = "application/vnd.pgrst.";

    private MediaTypes() {}

    /// The name, unless it is reserved.
    static @Nullable String usable(@Nullable String name) {
        return name == null || name.startsWith(RESERVED) ? null : name;
    }

    static List<MediaHandler> handlers(ResultSet rows, Map<Long, RelationRow> relations)
            throws SQLException {
        List<MediaHandler> handlers = new ArrayList<>();
        while (rows.next()) {
            String mediaType = usable(rows.getString("media_type"));
            long relation = rows.getLong("relation");
            RelationRow table = relations.get(relation);
            if (mediaType != null && (relation == 0 || table != null)) {
                handlers.add(
                        new MediaHandler(
                                mediaType,
                                Rows.name(rows, "nspname", "proname"),
                                table == null ? null : table.name()));
            }
        }
        return List.copyOf(handlers);
    }
}
