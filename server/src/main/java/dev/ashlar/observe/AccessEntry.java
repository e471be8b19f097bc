package dev.ashlar.observe;

import org.jspecify.annotations.Nullable;

/// One finished request. `target` is path and query as sent; the secrets in it are masked when the
/// line is written. `bytes` counts the body of the answer.
public record AccessEntry(
        long epochMillis,
        String method,
        String target,
        int status,
        long bytes,
        long nanos,
        String requestId,
        Client client,
        @Nullable String role) {

    /// Who asked: the address, and what the request says of itself in `Referer` and `User-Agent`.
    public record Client(String address, @Nullable String referer, @Nullable String agent) {}
}
