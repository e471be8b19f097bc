package dev.ashlar.auth.audit;

import java.time.Instant;
import java.util.UUID;

/// One deed as recorded; `payload` is JSON, exactly as it was written.
public record AuditEntry(UUID id, String payload, Instant at, String address) {}
