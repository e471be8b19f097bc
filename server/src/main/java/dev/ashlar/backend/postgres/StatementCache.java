package dev.ashlar.backend.postgres;

import dev.ashlar.backend.postgres.wire.Prepared;
import java.util.LinkedHashMap;
import java.util.Map;

/// The statements prepared on one connection, the least recently used closed when there are too
/// many.
///
/// The key names the role where a connection serves several: PostgreSQL checks USAGE of a schema
/// when it parses, so a statement prepared under one role must not be executed under another.
final class StatementCache {
    private final Wire wire;
    private final Map<String, Prepared> statements;

    StatementCache(Wire wire, int capacity) {
        this.wire = wire;
        statements =
                new LinkedHashMap<>(capacity, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Prepared> eldest) {
                        if (size() <= capacity) {
                            return false;
                        }
                        // What was sent with it is before the close in the connection's order.
                        wire.closeStatement(eldest.getValue());
                        return true;
                    }
                };
    }

    /// The server parses it with its first execution.
    Prepared find(String key, String sql) {
        Prepared known = statements.get(key);
        if (known != null) {
            return known;
        }
        Prepared prepared = wire.named(sql);
        statements.put(key, prepared);
        return prepared;
    }

    /// For whatever is prepared under that key, which the server will not execute again.
    void forget(String key) {
        Prepared stale = statements.remove(key);
        if (stale != null) {
            wire.closeStatement(stale);
        }
    }

    /// For a statement that the server will not execute again.
    void forget(String key, Prepared stale) {
        if (statements.remove(key, stale)) {
            wire.closeStatement(stale);
        }
    }
}
