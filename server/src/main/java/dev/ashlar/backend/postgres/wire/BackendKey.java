package dev.ashlar.backend.postgres.wire;

import io.netty.buffer.ByteBuf;

/// What a session is cancelled by (manual, "Canceling Requests in Progress"). The secret has four
/// bytes in protocol 3.0 and up to 256 in 3.2; it must never be shown.
final class BackendKey {
    private final int process;
    private final byte[] secret;

    private BackendKey(int process, byte[] secret) {
        this.process = process;
        this.secret = secret;
    }

    /// Reads BackendKeyData.
    static BackendKey read(ByteBuf content) {
        int process = content.readInt();
        byte[] secret = new byte[content.readableBytes()];
        content.readBytes(secret);
        return new BackendKey(process, secret);
    }

    int process() {
        return process;
    }

    byte[] secret() {
        return secret;
    }
}
