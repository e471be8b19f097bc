package dev.ashlar.auth.message;

/// Hands a text over to a provider. Blocks. The answer is the provider's name for the message.
@FunctionalInterface
public interface TextSender {
    String send(TextMessage message) throws SendingFailed;
}
