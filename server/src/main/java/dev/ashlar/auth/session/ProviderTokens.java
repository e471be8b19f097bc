package dev.ashlar.auth.session;

import java.util.Optional;

/// What a foreign provider gave for its own API: handed to the client once, never kept in the
/// clear.
public record ProviderTokens(String access, Optional<String> refresh) {
    @Override
    public String toString() {
        return "ProviderTokens[]";
    }
}
