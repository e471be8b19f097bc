package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.Routine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads what changed, and takes the rest from what is held. Types, computed fields, handlers and
/// settings are few and depend on much; they are always read.
///
/// @param searched more schemas in which functions of rows and handlers are found
record HoldingsReader(
        CatalogQueries queries,
        Collection<String> schemas,
        Collection<String> searched,
        Map<String, String> schemaComments) {

    Holdings read(Changes changes, Holdings held, Types types) throws SQLException {
        Oids changed = changes.relations();
        Map<Long, Columns> columns = columns(changes, types);
        Map<Long, RelationRow> relations =
                changes.ofRelations(
                        held.relations(),
                        some(changed, "tables.sql", new RelationRows(columns)::read, schemas));
        return new Holdings(
                types,
                relations,
                changes.ofRelations(held.keys(), some(changed, "keys.sql", HoldingsReader::keys)),
                changes.ofRelations(
                        held.foreignKeys(),
                        some(changed, "foreign_keys.sql", HoldingsReader::foreignKeys)),
                changes.ofRelations(
                        held.views(), some(changed, "views.sql", HoldingsReader::views)),
                changes.ofRoutines(held.routines(), routines(changes, columns, relations, types)),
                queries.read(
                        "computed.sql", rows -> ComputedRows.read(rows, types), schemas, searched),
                surroundings(relations));
    }

    private Map<Long, Columns> columns(Changes changes, Types types) throws SQLException {
        Oids relations = changes.relations();
        Oids routines = changes.routines();
        if (relations.none() && routines.none()) {
            return Map.of();
        }
        return queries.read(
                "columns.sql",
                new ColumnRows(types)::read,
                schemas,
                relations,
                relations,
                routines,
                relations,
                routines);
    }

    private Map<Long, Routine> routines(
            Changes changes,
            Map<Long, Columns> columns,
            Map<Long, RelationRow> relations,
            Types types)
            throws SQLException {
        return some(
                changes.routines(),
                "routines.sql",
                new RoutineRows(types, columns, relations)::read,
                schemas);
    }

    /// Each of these queries ends with the oids, twice. None needs no query.
    private <T> Map<Long, T> some(
            Oids oids,
            String resource,
            CatalogQueries.Reading<Map<Long, T>> reading,
            Object... parameters)
            throws SQLException {
        if (oids.none()) {
            return Map.of();
        }
        List<Object> all = new ArrayList<>(List.of(parameters));
        all.add(oids);
        all.add(oids);
        return queries.read(resource, reading, all.toArray());
    }

    private Catalog.Surroundings surroundings(Map<Long, RelationRow> relations)
            throws SQLException {
        Set<String> all = new LinkedHashSet<>(schemas);
        all.addAll(searched);
        return new Catalog.Surroundings(
                queries.read("handlers.sql", rows -> MediaTypes.handlers(rows, relations), all),
                schemaComments,
                RoleSettingRows.load(queries));
    }

    private static Map<Long, List<KeyRow>> keys(ResultSet rows) throws SQLException {
        Map<Long, List<KeyRow>> keys = new HashMap<>();
        while (rows.next()) {
            keys.computeIfAbsent(rows.getLong("indrelid"), _ -> new ArrayList<>(1))
                    .add(
                            new KeyRow(
                                    Rows.text(rows, "name"),
                                    rows.getBoolean("indisprimary")
                                            ? Key.Kind.PRIMARY
                                            : Key.Kind.UNIQUE,
                                    Rows.columnNumbers(rows, "columns"),
                                    rows.getBoolean("declared")));
        }
        return keys;
    }

    private static Map<Long, List<ForeignKeyRow>> foreignKeys(ResultSet rows) throws SQLException {
        Map<Long, List<ForeignKeyRow>> foreignKeys = new HashMap<>();
        while (rows.next()) {
            ForeignKeyRow row =
                    new ForeignKeyRow(
                            Rows.text(rows, "conname"),
                            rows.getLong("conrelid"),
                            Rows.columnNumbers(rows, "conkey"),
                            rows.getLong("confrelid"),
                            Rows.columnNumbers(rows, "confkey"));
            foreignKeys.computeIfAbsent(row.origin(), _ -> new ArrayList<>(1)).add(row);
        }
        return foreignKeys;
    }

    private static Map<Long, Map<Integer, NodeTree.Origin>> views(ResultSet rows)
            throws SQLException {
        Map<Long, Map<Integer, NodeTree.Origin>> views = new HashMap<>();
        while (rows.next()) {
            views.put(rows.getLong("ev_class"), NodeTree.origins(Rows.text(rows, "tree")));
        }
        return views;
    }
}
