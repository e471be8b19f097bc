package dev.ashlar.face.rest;

import dev.ashlar.catalog.Catalog;
import dev.ashlar.catalog.MediaHandler;
import dev.ashlar.catalog.QualifiedName;
import dev.ashlar.catalog.Routine;
import dev.ashlar.intent.Format;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What the database's own code can make of one target: bodies that a function returns, and those
/// that aggregates make of rows. `known` is whether the catalog has the target at all.
record Offer(Set<String> bodies, List<MediaHandler> handlers, boolean known) {
    private static final String ANY = "*/*";

    private static final Offer KNOWN = new Offer(Set.of(), List.of(), true);

    static Offer ofTable(Catalog catalog, QualifiedName name) {
        boolean known = catalog.findTable(name).isPresent();
        return known && catalog.surroundings().handlers().isEmpty()
                ? KNOWN
                : new Offer(Set.of(), handlers(catalog, Set.of(name)), known);
    }

    /// Whether the built-in types are all there is.
    boolean addsNothing() {
        return bodies.isEmpty() && handlers.isEmpty();
    }

    /// Overloads are told apart later; here each counts.
    static Offer ofRoutine(Catalog catalog, QualifiedName name) {
        Set<String> bodies = new HashSet<>();
        Set<QualifiedName> tables = new HashSet<>();
        List<Routine> overloads = catalog.routinesNamed(name);
        for (Routine routine : overloads) {
            if (routine.returns().mediaType() != null) {
                bodies.add(routine.returns().mediaType().toLowerCase(Locale.ROOT));
            }
            if (routine.returns().table() != null) {
                tables.add(routine.returns().table());
            }
        }
        return new Offer(bodies, handlers(catalog, tables), !overloads.isEmpty());
    }

    /// Those of the table itself come before those of any rows.
    private static List<MediaHandler> handlers(Catalog catalog, Set<QualifiedName> tables) {
        List<MediaHandler> handlers = new ArrayList<>();
        List<MediaHandler> general = new ArrayList<>();
        for (MediaHandler handler : catalog.surroundings().handlers()) {
            if (handler.table() == null) {
                general.add(handler);
            } else if (tables.contains(handler.table())) {
                handlers.add(handler);
            }
        }
        handlers.addAll(general);
        return handlers;
    }

    /// What is left where not the target's own rows are answered but a choice of their columns.
    Offer ofAnyRows() {
        return new Offer(
                Set.of(),
                handlers.stream().filter(handler -> handler.table() == null).toList(),
                known);
    }

    /// By code that answers whatever is asked for.
    Optional<Format> findCatchAll() {
        return find(ANY);
    }

    Optional<Format> find(String mediaType) {
        if (bodies.contains(mediaType)) {
            return Optional.of(new Format.Raw(mediaType));
        }
        return handlers.stream()
                .filter(handler -> handler.mediaType().equalsIgnoreCase(mediaType))
                .findFirst()
                .map(handler -> new Format.Aggregated(mediaType, handler.aggregate()));
    }
}
