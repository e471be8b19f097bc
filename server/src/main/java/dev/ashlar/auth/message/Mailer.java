package dev.ashlar.auth.message;

/// Hands what waits in the outbox over to whoever delivers it. Blocks.
@FunctionalInterface
public interface Mailer {
    void send(Outgoing message) throws SendingFailed;
}
