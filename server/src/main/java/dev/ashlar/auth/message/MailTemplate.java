package dev.ashlar.auth.message;

import dev.ashlar.auth.config.AccountNotice;
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
    REAUTHENTICATION,
    PASSWORD_CHANGED_NOTIFICATION,
    EMAIL_CHANGED_NOTIFICATION,
    PHONE_CHANGED_NOTIFICATION,
    IDENTITY_LINKED_NOTIFICATION,
    IDENTITY_UNLINKED_NOTIFICATION,
    MFA_FACTOR_ENROLLED_NOTIFICATION,
    MFA_FACTOR_UNENROLLED_NOTIFICATION,
    PASSKEY_ADDED_NOTIFICATION,
    PASSKEY_REMOVED_NOTIFICATION;

    /// The mail that tells of it.
    static MailTemplate of(AccountNotice notice) {
        return switch (notice) {
            case PASSWORD_CHANGED -> PASSWORD_CHANGED_NOTIFICATION;
            case EMAIL_CHANGED -> EMAIL_CHANGED_NOTIFICATION;
            case PHONE_CHANGED -> PHONE_CHANGED_NOTIFICATION;
            case IDENTITY_LINKED -> IDENTITY_LINKED_NOTIFICATION;
            case IDENTITY_UNLINKED -> IDENTITY_UNLINKED_NOTIFICATION;
            case MFA_FACTOR_ENROLLED -> MFA_FACTOR_ENROLLED_NOTIFICATION;
            case MFA_FACTOR_UNENROLLED -> MFA_FACTOR_UNENROLLED_NOTIFICATION;
            case PASSKEY_ADDED -> PASSKEY_ADDED_NOTIFICATION;
            case PASSKEY_REMOVED -> PASSKEY_REMOVED_NOTIFICATION;
        };
    }

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
            case PASSWORD_CHANGED_NOTIFICATION -> subjects.passwordChanged();
            case EMAIL_CHANGED_NOTIFICATION -> subjects.emailChanged();
            case PHONE_CHANGED_NOTIFICATION -> subjects.phoneChanged();
            case IDENTITY_LINKED_NOTIFICATION -> subjects.identityLinked();
            case IDENTITY_UNLINKED_NOTIFICATION -> subjects.identityUnlinked();
            case MFA_FACTOR_ENROLLED_NOTIFICATION -> subjects.mfaFactorEnrolled();
            case MFA_FACTOR_UNENROLLED_NOTIFICATION -> subjects.mfaFactorUnenrolled();
            case PASSKEY_ADDED_NOTIFICATION -> subjects.passkeyAdded();
            case PASSKEY_REMOVED_NOTIFICATION -> subjects.passkeyRemoved();
        };
    }
}
