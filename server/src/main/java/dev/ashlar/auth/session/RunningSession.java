package dev.ashlar.auth.session;

import org.jspecify.annotations.Nullable;

/// A session as its owner recognizes it: where it was begun, on what.
public record RunningSession(
        Session session, @Nullable String userAgent, @Nullable String address) {}
