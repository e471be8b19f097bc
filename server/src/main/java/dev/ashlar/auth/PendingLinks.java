package dev.ashlar.auth;

import dev.ashlar.auth.SocialAccounts.Arrival;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.backend.sql.SqlTransaction;
import java.time.Instant;
import java.util.UUID;

/// Adds the identity that has waited for its client to exchange the code.
@FunctionalInterface
interface PendingLinks {
    Arrival finish(SqlTransaction tx, UUID account, PendingLink link, Visitor visitor, Instant now);
}
