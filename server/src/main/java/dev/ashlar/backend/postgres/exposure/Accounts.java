package dev.ashlar.backend.postgres.exposure;

import dev.ashlar.backend.postgres.exposure.World.Holder;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The accounts that probing invents.
final class Accounts {
    /// RFC 6761 keeps this domain free of anybody.
    private static final String DOMAIN = "@probe.invalid";

    private final Map<Holder, String> ids;
    private boolean borrowed;

    private Accounts(Map<Holder, String> ids) {
        this.ids = ids;
    }

    /// Takes existing accounts instead, where none can be made: rows in their name are made and
    /// undone, their own are not touched.
    void borrow(List<String> existing) {
        borrowed = true;
        Iterator<String> next = existing.iterator();
        for (Holder holder : Holder.values()) {
            if (next.hasNext()) {
                ids.put(holder, next.next());
            }
        }
    }

    boolean borrowed() {
        return borrowed;
    }

    static Accounts fresh() {
        Map<Holder, String> ids = new EnumMap<>(Holder.class);
        for (Holder holder : Holder.values()) {
            if (holder != Holder.NOBODY) {
                ids.put(holder, UUID.randomUUID().toString());
            }
        }
        return new Accounts(ids);
    }

    /// Empty for nobody.
    Optional<String> id(Holder holder) {
        return Optional.ofNullable(ids.get(holder));
    }

    Optional<String> email(Holder holder) {
        return id(holder).map(id -> id.substring(0, 13) + DOMAIN);
    }
}
