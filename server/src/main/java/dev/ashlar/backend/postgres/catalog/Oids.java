package dev.ashlar.backend.postgres.catalog;

import java.util.Collection;
import java.util.Set;

/// Which objects a query is to read: all, or those of some oids.
sealed interface Oids {
    record All() implements Oids {}

    record Some(Set<Long> oids) implements Oids {}

    static Oids all() {
        return new All();
    }

    static Oids of(Collection<Long> oids) {
        return new Some(Set.copyOf(oids));
    }

    default boolean none() {
        return this instanceof Some(var oids) && oids.isEmpty();
    }
}
