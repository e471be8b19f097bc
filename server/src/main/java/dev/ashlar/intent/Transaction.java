package dev.ashlar.intent;

import java.util.Optional;

/// How the transaction of a request ends and what holds in it. `schema` comes first where the
/// database's code looks up names; `timezone` is as the caller wrote it.
public record Transaction(
        String schema,
        End end,
        Optional<String> timezone,
        Isolation isolation,
        RequestContext request) {

    public Transaction(String schema, End end, Optional<String> timezone, RequestContext request) {
        this(schema, end, timezone, Isolation.USUAL, request);
    }

    public enum End {
        COMMIT,
        /// Everything is done and answered, and nothing is kept.
        ROLLBACK
    }

    public enum Isolation {
        /// As role, routine or database have it.
        USUAL,
        /// Every statement sees the same state, and a write of rows that somebody else has changed
        /// since is refused.
        SNAPSHOT
    }

    public static Transaction committing(String schema) {
        return new Transaction(schema, End.COMMIT, Optional.empty(), RequestContext.NONE);
    }

    public Transaction at(Isolation other) {
        return new Transaction(schema, end, timezone, other, request);
    }
}
