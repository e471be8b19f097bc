package dev.ashlar.auth.factor;

import dev.ashlar.json.JsonValue.JsonObject;
import java.util.Optional;

/// The answer to a challenge: a code, or what an authenticator said.
public record Proof(Optional<String> code, Optional<JsonObject> webAuthn) {
    @Override
    public String toString() {
        return "Proof[]";
    }
}
