package dev.ashlar.auth;

import dev.ashlar.auth.audit.AuditLog;
import dev.ashlar.auth.session.BearerCheck;
import dev.ashlar.identity.Caller;
import org.jspecify.annotations.Nullable;

/// The audit log as trusted servers read it.
public final class AuditAdmin {
    private final AuditLog log;

    AuditAdmin(AuditLog log) {
        this.log = log;
    }

    /// Entries that hold the text somewhere, the latest first.
    public AuditLog.Page page(Caller caller, @Nullable String text, long offset, int limit) {
        BearerCheck.requireAdmin(caller);
        return log.page(text, offset, limit);
    }
}
