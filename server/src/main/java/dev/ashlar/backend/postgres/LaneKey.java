package dev.ashlar.backend.postgres;

import dev.ashlar.identity.Caller;
import dev.ashlar.identity.Role;

/// What the requests that share a read lane have in common.
///
/// @param sessionClaims the claims of the session: for ALONE those of every request; for
///   IN_TRANSACTION nobody's, since each transaction brings its own
/// @param schema where the database's code looks up names first
record LaneKey(Role role, String sessionClaims, ReadStyle style, String schema) {
    private static final String NOBODYS = "";

    enum ReadStyle {
        /// The statement is sent alone, since role and claims of the session are the caller's.
        ALONE,
        /// The statement is sent in a transaction with the caller's claims.
        IN_TRANSACTION
    }

    static LaneKey alone(Caller.Anonymous caller, String schema) {
        return new LaneKey(caller.role(), caller.claims().json(), ReadStyle.ALONE, schema);
    }

    static LaneKey inTransaction(LaneCaller caller) {
        return new LaneKey(caller.role(), NOBODYS, ReadStyle.IN_TRANSACTION, caller.schema());
    }
}
