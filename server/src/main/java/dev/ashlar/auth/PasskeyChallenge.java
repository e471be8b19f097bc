package dev.ashlar.auth;

import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.UUID;

/// What a browser is to have an authenticator sign, until when, and by which id it is answered.
public record PasskeyChallenge(UUID id, JsonObject options, Instant expiresAt) {
    @Override
    public String toString() {
        return "PasskeyChallenge[" + id + "]";
    }
}
