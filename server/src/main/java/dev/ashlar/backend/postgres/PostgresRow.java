package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlRow;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row by column name, over the driver's. A name that the statement did not select is a bug and
/// throws.
final class PostgresRow implements SqlRow {
    private final Row row;

    PostgresRow(Row row) {
        this.row = row;
    }

    @Override
    public Optional<String> findText(String column) {
        return find(String.class, column);
    }

    @Override
    public String requireText(String column) {
        return require(String.class, column);
    }

    @Override
    public Optional<UUID> findUuid(String column) {
        return find(UUID.class, column);
    }

    @Override
    public UUID requireUuid(String column) {
        return require(UUID.class, column);
    }

    @Override
    public Optional<Instant> findInstant(String column) {
        return find(OffsetDateTime.class, column).map(OffsetDateTime::toInstant);
    }

    @Override
    public Instant requireInstant(String column) {
        return require(OffsetDateTime.class, column).toInstant();
    }

    @Override
    public boolean requireBoolean(String column) {
        return require(Boolean.class, column);
    }

    @Override
    public long requireLong(String column) {
        return require(Number.class, column).longValue();
    }

    private <T> Optional<T> find(Class<T> type, String column) {
        return Optional.ofNullable(value(type, column));
    }

    private <T> T require(Class<T> type, String column) {
        T value = value(type, column);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is NULL");
        }
        return value;
    }

    private <T> @Nullable T value(Class<T> type, String column) {
        Object value = row.getValue(column);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalStateException(
                    "column "
                            + column
                            + " is "
                            + value.getClass().getSimpleName()
                            + ", not "
                            + type.getSimpleName());
        }
        return type.cast(value);
    }
}
