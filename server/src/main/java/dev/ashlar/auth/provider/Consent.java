package dev.ashlar.auth.provider;

import java.time.Instant;

/// What somebody has allowed a client, until they take it back.
public record Consent(OAuthClient client, String scope, Instant grantedAt) {}
