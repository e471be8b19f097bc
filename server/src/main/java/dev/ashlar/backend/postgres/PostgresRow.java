package dev.ashlar.backend.postgres;

import dev.ashlar.backend.sql.SqlRow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A row by column name. A name that the statement did not select is a bug and throws.
final class PostgresRow implements SqlRow {
    /// As PostgreSQL writes a `timestamptz` with DateStyle ISO: `2026-11-26 22:05:00.25+05:30`.
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .appendOffset("+HH:mm:ss", "+00")
                    .toFormatter(Locale.ROOT);

    private final LaneRow row;

    PostgresRow(LaneRow row) {
        this.row = row;
    }

    @Override
    public Optional<String> findText(String column) {
        return Optional.ofNullable(text(column));
    }

    @Override
    public String requireText(String column) {
        return require(column);
    }

    @Override
    public Optional<UUID> findUuid(String column) {
        return find(column, UUID::fromString);
    }

    @Override
    public UUID requireUuid(String column) {
        return UUID.fromString(require(column));
    }

    @Override
    public Optional<Instant> findInstant(String column) {
        return find(column, PostgresRow::instant);
    }

    @Override
    public Instant requireInstant(String column) {
        return instant(require(column));
    }

    @Override
    public boolean requireBoolean(String column) {
        return switch (require(column)) {
            case "t" -> true;
            case "f" -> false;
            case String _ -> throw new IllegalStateException(column + " is no boolean");
        };
    }

    @Override
    public long requireLong(String column) {
        return Long.parseLong(require(column));
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text, TIMESTAMP).toInstant();
    }

    private <T> Optional<T> find(String column, Function<String, T> reading) {
        return Optional.ofNullable(text(column)).map(reading);
    }

    private String require(String column) {
        String value = text(column);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is NULL");
        }
        return value;
    }

    private @Nullable String text(String column) {
        int ordinal = row.ordinal(column);
        if (ordinal < 0) {
            throw new IllegalStateException("there is no column " + column);
        }
        return row.text(ordinal);
    }
}
