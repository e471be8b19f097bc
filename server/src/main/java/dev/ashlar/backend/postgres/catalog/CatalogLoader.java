package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.backend.postgres.jdbc.SqlResource;
import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import dev.ashlar.catalog.Key;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/// Loads the exposed schemas of one database, each time on a connection of its own, so that nothing
/// waits for it. Log in as the data path does: `readers` and `callers` are the roles that this
/// login can become.
public final class CatalogLoader {
    /// Rows fetched at once; the widest rows are views' query trees of some kilobytes.
    private static final int BATCH = 2_000;

    private final PostgresAddress address;
    private final List<String> schemas;
    private final AtomicLong version = new AtomicLong();

    public CatalogLoader(PostgresAddress address, List<String> schemas) {
        this.address = address;
        this.schemas = List.copyOf(schemas);
    }

    /// Blocks. Each catalog has a higher version than the one before.
    ///
    /// @throws CatalogLoadException when the database does not answer or has no such schema
    public Catalog load() {
        try (Connection connection = open()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(SqlResource.load("catalog/session.sql"));
            }
            requireSchemas(connection);
            return read(connection);
        } catch (SQLException e) {
            throw new CatalogLoadException("cannot read the catalog: " + e.getMessage(), e);
        }
    }

    private Connection open() throws SQLException {
        PGSimpleDataSource source = JdbcConnections.source(address, "ashlar-catalog");
        source.setPreferQueryMode(PreferQueryMode.EXTENDED);
        source.setDefaultRowFetchSize(BATCH);
        return source.getConnection();
    }

    private void requireSchemas(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>(schemas);
        queryExposed(
                connection,
                "schemas.sql",
                rows -> {
                    while (rows.next()) {
                        missing.remove(Rows.text(rows, "nspname"));
                    }
                    return missing;
                });
        if (!missing.isEmpty()) {
            throw new CatalogLoadException(
                    "no schema of the name " + String.join(", ", missing) + " to expose", null);
        }
    }

    private Catalog read(Connection connection) throws SQLException {
        Types types = queryAll(connection, "types.sql", CatalogLoader::types);
        Map<Long, NavigableMap<Integer, Column>> columns =
                queryExposed(connection, "columns.sql", rows -> columns(rows, types));
        List<RelationRow> relations =
                queryExposed(connection, "tables.sql", rows -> relations(rows, columns));
        Map<Long, List<KeyRow>> keysByTable = queryAll(connection, "keys.sql", CatalogLoader::keys);
        List<ForeignKeyRow> foreignKeys =
                queryAll(connection, "foreign_keys.sql", CatalogLoader::foreignKeys);
        Map<Long, Map<Integer, NodeTree.Origin>> views =
                queryAll(connection, "views.sql", CatalogLoader::views);
        Map<Long, QualifiedName> names = new HashMap<>();
        relations.forEach(relation -> names.put(relation.oid(), relation.name()));
        RoutineRows routines = new RoutineRows(types, columns, names);

        Showings showings = Showings.of(relations, views);
        Map<QualifiedName, List<Key>> keys = new HashMap<>();
        Map<QualifiedName, Table> tables = new LinkedHashMap<>();
        for (RelationRow relation : relations) {
            List<Key> own = List.copyOf(showings.keys(relation.name(), keysByTable));
            keys.put(relation.name(), own);
            tables.put(relation.name(), table(relation, own));
        }
        return new Catalog(
                version.incrementAndGet(),
                Collections.unmodifiableMap(tables),
                Collections.unmodifiableMap(
                        RelationshipRows.of(foreignKeys, showings, keysByTable, keys)),
                Collections.unmodifiableMap(
                        queryExposed(connection, "routines.sql", routines::read)));
    }

    private static Table table(RelationRow relation, List<Key> keys) {
        Map<String, Column> columns = new LinkedHashMap<>();
        relation.columns().values().forEach(column -> columns.put(column.name(), column));
        return new Table(
                relation.name(),
                relation.kind(),
                Collections.unmodifiableMap(columns),
                keys,
                relation.writes(),
                relation.readers(),
                relation.fullReaders(),
                relation.comment());
    }

    private static Types types(ResultSet rows) throws SQLException {
        Map<Long, Types.Row> types = new HashMap<>();
        while (rows.next()) {
            types.put(
                    rows.getLong("oid"),
                    new Types.Row(
                            rows.getLong("typbasetype"),
                            String.valueOf(rows.getString("base_type")),
                            rows.getBoolean("typnotnull"),
                            List.copyOf(Rows.texts(rows, "labels"))));
        }
        return new Types(types);
    }

    private static Map<Long, NavigableMap<Integer, Column>> columns(ResultSet rows, Types types)
            throws SQLException {
        Map<Long, NavigableMap<Integer, Column>> columns = new HashMap<>();
        while (rows.next()) {
            long type = rows.getLong("atttypid");
            String typeName = Rows.text(rows, "type");
            Column column =
                    new Column(
                            Rows.text(rows, "attname"),
                            typeName,
                            types.baseName(type, typeName),
                            !rows.getBoolean("attnotnull") && !types.notNull(type),
                            generation(rows),
                            types.labels(type),
                            rows.getString("description"));
            columns.computeIfAbsent(rows.getLong("attrelid"), _ -> new TreeMap<>())
                    .put(rows.getInt("attnum"), column);
        }
        return columns;
    }

    private static Column.@Nullable Generation generation(ResultSet row) throws SQLException {
        if (!Rows.text(row, "attgenerated").isEmpty()) {
            return Column.Generation.COMPUTED;
        }
        return switch (Rows.text(row, "attidentity")) {
            case "a" -> Column.Generation.IDENTITY_ALWAYS;
            case "d" -> Column.Generation.IDENTITY_BY_DEFAULT;
            default -> row.getBoolean("atthasdef") ? Column.Generation.DEFAULT : null;
        };
    }

    private static List<RelationRow> relations(
            ResultSet rows, Map<Long, NavigableMap<Integer, Column>> columns) throws SQLException {
        List<RelationRow> relations = new ArrayList<>();
        while (rows.next()) {
            long oid = rows.getLong("oid");
            relations.add(
                    new RelationRow(
                            oid,
                            new QualifiedName(
                                    Rows.text(rows, "nspname"), Rows.text(rows, "relname")),
                            kind(Rows.text(rows, "relkind")),
                            writes(rows.getInt("writes")),
                            Rows.names(rows, "readers"),
                            Rows.names(rows, "full_readers"),
                            rows.getString("description"),
                            columns.getOrDefault(oid, new TreeMap<>())));
        }
        return relations;
    }

    private static Table.Kind kind(String letter) {
        return switch (letter) {
            case "r" -> Table.Kind.TABLE;
            case "p" -> Table.Kind.PARTITIONED_TABLE;
            case "v" -> Table.Kind.VIEW;
            case "m" -> Table.Kind.MATERIALIZED_VIEW;
            case "f" -> Table.Kind.FOREIGN_TABLE;
            default -> throw new IllegalStateException("relkind " + letter);
        };
    }

    /// Bits as `pg_relation_is_updatable` numbers them.
    private static Set<Table.Write> writes(int bits) {
        Set<Table.Write> writes = EnumSet.noneOf(Table.Write.class);
        if ((bits & 4) != 0) {
            writes.add(Table.Write.UPDATE);
        }
        if ((bits & 8) != 0) {
            writes.add(Table.Write.INSERT);
        }
        if ((bits & 16) != 0) {
            writes.add(Table.Write.DELETE);
        }
        return Collections.unmodifiableSet(writes);
    }

    private static Map<Long, List<KeyRow>> keys(ResultSet rows) throws SQLException {
        Map<Long, List<KeyRow>> keys = new HashMap<>();
        while (rows.next()) {
            keys.computeIfAbsent(rows.getLong("indrelid"), _ -> new ArrayList<>())
                    .add(
                            new KeyRow(
                                    Rows.text(rows, "name"),
                                    rows.getBoolean("indisprimary")
                                            ? Key.Kind.PRIMARY
                                            : Key.Kind.UNIQUE,
                                    Rows.columnNumbers(rows, "columns")));
        }
        return keys;
    }

    private static List<ForeignKeyRow> foreignKeys(ResultSet rows) throws SQLException {
        List<ForeignKeyRow> foreignKeys = new ArrayList<>();
        while (rows.next()) {
            foreignKeys.add(
                    new ForeignKeyRow(
                            Rows.text(rows, "conname"),
                            rows.getLong("conrelid"),
                            Rows.columnNumbers(rows, "conkey"),
                            rows.getLong("confrelid"),
                            Rows.columnNumbers(rows, "confkey")));
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

    /// Turns all rows of a query into one value.
    private interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> T queryExposed(Connection connection, String resource, Reading<T> reading)
            throws SQLException {
        @Nullable Object[] names = schemas.toArray();
        try (PreparedStatement statement = prepare(connection, resource)) {
            statement.setArray(1, connection.createArrayOf("text", names));
            try (ResultSet rows = statement.executeQuery()) {
                return reading.read(rows);
            }
        }
    }

    private static <T> T queryAll(Connection connection, String resource, Reading<T> reading)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, resource);
                ResultSet rows = statement.executeQuery()) {
            return reading.read(rows);
        }
    }

    private static PreparedStatement prepare(Connection connection, String resource)
            throws SQLException {
        return connection.prepareStatement(SqlResource.load("catalog/" + resource));
    }
}
