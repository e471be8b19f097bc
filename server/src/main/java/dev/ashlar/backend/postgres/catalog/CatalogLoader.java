package dev.ashlar.backend.postgres.catalog;

import dev.ashlar.backend.postgres.PostgresAddress;
import dev.ashlar.backend.postgres.jdbc.JdbcConnections;
import dev.ashlar.catalog.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /// Most locks that keep something from being found out are gone after a moment.
    private static final int ATTEMPTS = 3;

    private static final long PAUSE_MS = 150;

    private final PostgresAddress address;
    private final Set<String> schemas;
    private final Set<String> searched;
    private final AtomicLong version = new AtomicLong();
    private @Nullable Loaded loaded;

    /// Kept from one load to the next, to tell what changed.
    private record Loaded(Prints prints, Holdings holdings, Catalog catalog) {}

    public CatalogLoader(PostgresAddress address, List<String> schemas) {
        this(address, schemas, List.of());
    }

    /// `searchPath` are more schemas in which functions of rows and handlers of media types are
    /// found.
    public CatalogLoader(PostgresAddress address, List<String> schemas, List<String> searchPath) {
        this.address = address;
        this.schemas = new LinkedHashSet<>(schemas);
        this.searched = new LinkedHashSet<>(searchPath);
    }

    /// Whether it is these that it loads, in any order.
    public boolean reads(List<String> exposed) {
        return schemas.equals(Set.copyOf(exposed));
    }

    /// Blocks. Each catalog has a higher version than the one before. Only what changed since then
    /// is read; a load that fails leaves nothing behind.
    ///
    /// @throws CatalogLoadException when the database does not answer or has no such schema
    public synchronized Catalog load() {
        try {
            Loaded now = loadOnce();
            for (int i = 1; i < ATTEMPTS && !now.holdings().unsettled().isEmpty(); i++) {
                Thread.sleep(PAUSE_MS);
                now = loadOnce();
            }
            return now.catalog();
        } catch (SQLException e) {
            throw new CatalogLoadException("cannot read the catalog: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CatalogLoadException("stopped while reading the catalog", e);
        }
    }

    private Loaded loadOnce() throws SQLException {
        try (Connection connection = open()) {
            Loaded now = read(CatalogQueries.begin(connection), loaded);
            loaded = now;
            return now;
        }
    }

    private Connection open() throws SQLException {
        PGSimpleDataSource source = JdbcConnections.source(address, "ashlar-catalog");
        source.setPreferQueryMode(PreferQueryMode.EXTENDED);
        source.setDefaultRowFetchSize(BATCH);
        return source.getConnection();
    }

    private Loaded read(CatalogQueries queries, @Nullable Loaded earlier) throws SQLException {
        HoldingsReader reader =
                new HoldingsReader(queries, schemas, searched, requireSchemas(queries));
        Prints prints = Prints.read(queries, schemas);
        Types types = queries.read("types.sql", Types::read);
        if (earlier == null || !prints.continues(earlier.prints())) {
            Holdings all = reader.read(Changes.ALL, Holdings.NONE, types);
            return new Loaded(prints, all, all.catalog(version.incrementAndGet(), Catalog.EMPTY));
        }
        Holdings held = earlier.holdings();
        Changes changes = Changes.between(queries, earlier.prints(), prints, held, types);
        Holdings merged = reader.read(changes, held, types);
        return new Loaded(
                prints, merged, merged.catalog(version.incrementAndGet(), earlier.catalog()));
    }

    /// Comments of the exposed schemas that have one.
    private Map<String, String> requireSchemas(CatalogQueries queries) throws SQLException {
        Map<String, String> comments = new HashMap<>();
        List<String> missing = new ArrayList<>(schemas);
        queries.read(
                "schemas.sql",
                rows -> {
                    while (rows.next()) {
                        String name = Rows.text(rows, "nspname");
                        String comment = rows.getString("description");
                        missing.remove(name);
                        if (comment != null) {
                            comments.put(name, comment);
                        }
                    }
                    return missing;
                },
                schemas);
        if (!missing.isEmpty()) {
            throw new CatalogLoadException(
                    "no schema of the name " + String.join(", ", missing) + " to expose", null);
        }
        return Map.copyOf(comments);
    }
}
