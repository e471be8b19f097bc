package dev.ashlar.auth.outbound;

/// Nothing usable came back; the message says why, in words for logs, without any secret.
public final class FetchFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// What stood in the way.
    public enum Kind {
        /// The URL may not be followed: not https, or an address that is not public.
        REFUSED_URL,
        /// Nobody answered in time.
        UNREACHABLE,
        /// The answer was too large, or not what was asked for.
        BAD_ANSWER
    }

    public FetchFailed(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public FetchFailed(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
