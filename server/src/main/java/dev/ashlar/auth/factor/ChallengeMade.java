package dev.ashlar.auth.factor;

import dev.ashlar.auth.message.TextMessage;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.Optional;

/// What is left to do about a challenge: a text to be sent after the transaction, and what the
/// client gives to an authenticator.
public record ChallengeMade(Optional<TextMessage> text, Optional<JsonObject> webAuthn) {
    /// Its owner knows what to do.
    public static final ChallengeMade SILENT =
            new ChallengeMade(Optional.empty(), Optional.empty());
}
