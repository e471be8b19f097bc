package dev.ashlar.auth.message;

/// A message could not be handed over. `PERMANENT` when trying again cannot help, as for a mailbox
/// that is not there.
public final class SendingFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// Whether it may go better later.
    public enum Kind {
        PERMANENT,
        PASSING
    }

    public SendingFailed(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public SendingFailed(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
