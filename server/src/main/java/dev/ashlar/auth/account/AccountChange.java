package dev.ashlar.auth.account;

import dev.ashlar.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/// What people may change of their own account; null leaves it as it is. `data` is merged into the
/// user metadata. `currentPassword`, when given, must be right; `nonce` is a code of
/// reauthentication.
public record AccountChange(
        @Nullable EmailAddress email,
        @Nullable PhoneNumber phone,
        @Nullable String password,
        @Nullable String currentPassword,
        @Nullable String nonce,
        @Nullable JsonObject data) {
    @Override
    public String toString() {
        return "AccountChange[]";
    }
}
