package dev.ashlar.problem;

import java.util.Locale;

/// The errors of OAuth 2.0 that this server gives (RFC 6749, 4.1.2.1 and 5.2; RFC 6750, 3.1; RFC
/// 7591, 3.2.2; RFC 8707, 2; OpenID Connect Core, 3.1.2.6), with their HTTP status where they are
/// answered and not redirected.
public enum OAuthError {
    INVALID_REQUEST(400),
    INVALID_CLIENT(401),
    INVALID_GRANT(400),
    INVALID_SCOPE(400),
    INVALID_TARGET(400),
    UNAUTHORIZED_CLIENT(400),
    UNSUPPORTED_GRANT_TYPE(400),
    UNSUPPORTED_RESPONSE_TYPE(400),
    ACCESS_DENIED(403),
    LOGIN_REQUIRED(400),
    REQUEST_NOT_SUPPORTED(400),
    REQUEST_URI_NOT_SUPPORTED(400),
    REGISTRATION_NOT_SUPPORTED(400),
    INVALID_TOKEN(401),
    INSUFFICIENT_SCOPE(403),
    INVALID_REDIRECT_URI(400),
    INVALID_CLIENT_METADATA(400);

    private final int status;

    OAuthError(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /// As it stands in answers, such as `invalid_grant`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
