package dev.ashlar.backend.postgres.wire;

/// The other side does not speak the protocol, or not this part of it. The connection is of no use
/// any more.
public final class ProtocolViolationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProtocolViolationException(String message) {
        super(message, null, false, false);
    }
}
