package dev.ashlar.auth.message;

import dev.ashlar.auth.config.MailSubjects;
import java.util.Locale;

/// The kinds of mail, each with its template; the names of the files are those that users of the
/// dialect know.
public enum MailTemplate {
    CONFIRMATION,
    INVITE,
    MAGIC_LINK,
    RECOVERY,
    EMAIL_CHANGE,
    REAUTHENTICATION;

    String file() {
        return name().toLowerCase(Locale.ROOT);
    }

    String subject(MailSubjects subjects) {
        return switch (this) {
            case CONFIRMATION -> subjects.confirmation();
            case INVITE -> subjects.invite();
            case MAGIC_LINK -> subjects.magicLink();
            case RECOVERY -> subjects.recovery();
            case EMAIL_CHANGE -> subjects.emailChange();
            case REAUTHENTICATION -> subjects.reauthentication();
        };
    }
}
