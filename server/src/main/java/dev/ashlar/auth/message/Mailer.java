package dev.ashlar.auth.message;

/// Hands a mail over to whoever delivers it. Blocks.
@FunctionalInterface
public interface Mailer {
    void send(Mail mail) throws SendingFailed;
}
