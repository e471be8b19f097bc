package dev.ashlar.backend.postgres.wire;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;

/// Where a server listens, and how the way to it is encrypted.
public record Server(SocketAddress address, Encryption encryption, ClientSSLOptions tls) {
    public enum Encryption {
        NEVER,
        /// Where the server speaks TLS.
        IF_OFFERED,
        ALWAYS
    }
}
