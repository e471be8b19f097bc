package dev.ashlar.auth.account;

import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an admin wants of an account, new or old; null leaves it as it is. A new account needs an
/// address or a number. `ban` of zero lifts a ban.
public record AdminChange(
        @Nullable UUID id,
        @Nullable EmailAddress email,
        @Nullable PhoneNumber phone,
        @Nullable PasswordChoice password,
        Confirmation confirmation,
        Confirmation phoneConfirmation,
        @Nullable JsonObject userMetadata,
        @Nullable JsonObject appMetadata,
        @Nullable Duration ban,
        @Nullable String role) {

    /// Whether the address counts as the person's own.
    public enum Confirmation {
        UNCHANGED,
        CONFIRMED
    }

    /// A password to be hashed, or a hash that another system made.
    public sealed interface PasswordChoice {
        record Plain(String password) implements PasswordChoice {
            @Override
            public String toString() {
                return "Plain[]";
            }
        }

        record Hashed(String hash) implements PasswordChoice {
            @Override
            public String toString() {
                return "Hashed[]";
            }
        }
    }
}
