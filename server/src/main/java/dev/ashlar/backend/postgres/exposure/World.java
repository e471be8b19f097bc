package dev.ashlar.backend.postgres.exposure;

import java.util.Optional;

/// Synthetic rows that belong together: one of each table, by foreign keys to one another.
///
/// @param variant tells worlds of one holder apart, which differ in what policies look at
record World(Holder holder, int variant) {

    /// Whose rows. Callers sign in as A; the others are there because a table may hold one row an
    /// account.
    enum Holder {
        A,
        B,
        C,
        NOBODY
    }

    /// Somebody else's rows are by turns B's and C's.
    static World others(int variant) {
        return new World(variant % 2 == 0 ? Holder.B : Holder.C, variant);
    }

    static World own(int variant) {
        return new World(Holder.A, variant);
    }

    static World nobodys(int variant) {
        return new World(Holder.NOBODY, variant);
    }

    /// Of somebody else, who is not the caller either.
    World another() {
        return new World(
                switch (holder) {
                    case A, B -> Holder.C;
                    case C -> Holder.B;
                    case NOBODY -> Holder.NOBODY;
                },
                variant);
    }

    Optional<Holder> account() {
        return holder == Holder.NOBODY ? Optional.empty() : Optional.of(holder);
    }
}
