package dev.ashlar.auth.social;

import dev.ashlar.problem.ErrorCode;

/// Somebody came back from a provider in vain. `error` is a word of OAuth (RFC 6749, 4.1.2.1), the
/// message is for people and holds no secret.
public final class SocialFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String error;

    public SocialFailure(ErrorCode code, String error, String message) {
        super(message);
        this.code = code;
        this.error = error;
    }

    /// What the provider sent cannot be believed.
    static SocialFailure badAnswer(String message) {
        return new SocialFailure(ErrorCode.BAD_OAUTH_CALLBACK, "server_error", message);
    }

    /// The token is not for us, or not by whom it says.
    static SocialFailure badToken(String message) {
        return new SocialFailure(ErrorCode.BAD_OAUTH_CALLBACK, "invalid_grant", message);
    }

    public ErrorCode code() {
        return code;
    }

    public String error() {
        return error;
    }
}
