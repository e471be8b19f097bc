package dev.ashlar.auth;

import java.util.Optional;
import java.util.UUID;

/// An account whose access token was presented and whose session still runs. Tokens made by others
/// with our secret may name no session.
record SignedIn(Account account, Optional<UUID> sessionId) {}
