package dev.ashlar.app;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.Column;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// How often the catalog was read and could not be, and how long the last time took.
final class CatalogFigures {
    private final AtomicLong loads = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong();

    /// What a catalog holds, in PostgREST's words.
    static String summary(Catalog catalog) {
        long relationships = catalog.relationships().values().stream().mapToLong(List::size).sum();
        long routines = catalog.routines().values().stream().mapToLong(List::size).sum();
        long representations =
                catalog.tables().values().stream()
                        .flatMap(table -> table.columns().values().stream())
                        .filter(column -> column.representation() != null)
                        .map(Column::type)
                        .distinct()
                        .count();
        return "%d Relations, %d Relationships, %d RPCs, %d Domain Representations, %d Media Type Handlers"
                .formatted(
                        catalog.tables().size(),
                        relationships,
                        routines,
                        representations,
                        catalog.surroundings().handlers().size());
    }

    void loaded(long nanos) {
        lastNanos.set(nanos);
        loads.incrementAndGet();
    }

    void failed() {
        failures.incrementAndGet();
    }

    long loads() {
        return loads.get();
    }

    long failures() {
        return failures.get();
    }

    double lastSeconds() {
        return lastNanos.get() / 1e9;
    }
}
