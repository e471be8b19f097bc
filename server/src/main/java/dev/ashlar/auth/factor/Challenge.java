package dev.ashlar.auth.factor;

import dev.ashlar.auth.audit.Visitor;
import java.time.Instant;
import java.util.UUID;

/// A question that may be answered once, until a time and from the address it was asked from.
public record Challenge(UUID id, UUID factorId, Instant createdAt, String address) {
    /// Where a Unix socket brings requests from.
    public static final String NOWHERE = "0.0.0.0";

    /// Whoever has an address of IPv6 has its whole network, as with limits.
    public boolean isFrom(Visitor visitor) {
        return new Visitor(address, "")
                .network()
                .equals(new Visitor(visitor.findIp().orElse(NOWHERE), "").network());
    }
}
