package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlStatement;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.internal.ArrayTuple;
import io.vertx.sqlclient.internal.PreparedStatement;
import io.vertx.sqlclient.internal.TupleInternal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement's values in the driver's types.
final class Parameters {
    private Parameters() {}

    /// Throws an `Unexpected` problem when a value does not have the type that the server expects:
    /// the statement is at fault, not the caller.
    static TupleInternal bind(PreparedStatement prepared, List<@Nullable Object> values) {
        ArrayTuple tuple = new ArrayTuple(values.size());
        for (int i = 0; i < values.size(); i++) {
            tuple.addValue(toDriver(values.get(i)));
        }
        try {
            return prepared.prepare(tuple);
        } catch (Exception mismatch) {
            // The driver's message shows the value: name only the statement.
            throw PostgresProblems.unexpected(
                    new IllegalArgumentException("values do not fit " + prepared.sql()));
        }
    }

    static TupleInternal bind(PreparedStatement prepared, SqlStatement statement) {
        return bind(prepared, statement.parameters());
    }

    private static @Nullable Object toDriver(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case byte[] bytes -> Buffer.buffer(bytes);
            case null -> null;
            case Object other -> other;
        };
    }
}
