package dev.ashlar.auth.saml;

import dev.ashlar.problem.ErrorCode;

/// What came cannot be believed, or is not enough. The message is for people and holds nothing of
/// the document.
public final class SamlFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final Kind kind;

    /// Whether newer metadata could help.
    public enum Kind {
        /// None of the known keys has made the signature, or what is known is too old.
        REFRESHABLE,
        OTHER
    }

    public SamlFailure(ErrorCode code, String message) {
        this(code, Kind.OTHER, message);
    }

    private SamlFailure(ErrorCode code, Kind kind, String message) {
        super(message);
        this.code = code;
        this.kind = kind;
    }

    /// The document is not as it has to be.
    static SamlFailure invalid(String message) {
        return new SamlFailure(ErrorCode.VALIDATION_FAILED, message);
    }

    /// What is known of the identity provider does not do.
    static SamlFailure refreshable(String message) {
        return new SamlFailure(ErrorCode.VALIDATION_FAILED, Kind.REFRESHABLE, message);
    }

    public ErrorCode code() {
        return code;
    }

    public Kind kind() {
        return kind;
    }
}
