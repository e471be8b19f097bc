package dev.ashlar.backend.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.internal.PreparedStatement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The statements prepared on one connection, the least recently used closed when there are too
/// many.
///
/// The key names the role where a connection serves several: PostgreSQL checks USAGE of a schema
/// when it parses, so a statement prepared under one role must not be executed under another.
final class StatementCache {
    private final Map<String, Future<PreparedStatement>> statements;

    StatementCache(Wire wire, int capacity) {
        statements =
                new LinkedHashMap<>(capacity, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(
                            Map.Entry<String, Future<PreparedStatement>> eldest) {
                        if (size() <= capacity) {
                            return false;
                        }
                        // What was sent with it is before the close in the connection's order.
                        eldest.getValue().onSuccess(wire::closeStatement);
                        return true;
                    }
                };
    }

    @Nullable Future<PreparedStatement> find(String key) {
        return statements.get(key);
    }

    /// Remembers what the supplier prepares, unless that fails.
    Future<PreparedStatement> prepare(String key, Supplier<Future<PreparedStatement>> preparing) {
        Future<PreparedStatement> prepared = preparing.get();
        statements.put(key, prepared);
        prepared.onFailure(_ -> statements.remove(key, prepared));
        return prepared;
    }

    /// For a statement that the server will not execute again.
    void forget(Wire wire, String key) {
        Future<PreparedStatement> stale = statements.remove(key);
        if (stale != null) {
            stale.onSuccess(wire::closeStatement);
        }
    }
}
