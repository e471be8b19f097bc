package dev.ashlar.auth.link;

/// What a one-time code or link is for. An account has at most one of each kind at a time.
public enum CodeKind {
    /// An address or number is the person's own: after a sign-up or an invitation.
    CONFIRMATION("confirmation_token"),
    /// Signs in by the address alone: magic links and recoveries.
    RECOVERY("recovery_token"),
    /// The bearer of a session is still the person.
    REAUTHENTICATION("reauthentication_token"),
    EMAIL_CHANGE_NEW("email_change_token_new"),
    EMAIL_CHANGE_CURRENT("email_change_token_current"),
    PHONE_CHANGE("phone_change_token");

    private final String word;

    CodeKind(String word) {
        this.word = word;
    }

    /// As the column `token_type` has it.
    String word() {
        return word;
    }

    static CodeKind of(String word) {
        for (CodeKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind of code: " + word);
    }
}
