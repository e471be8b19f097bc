package dev.ashlar.auth.config;

/// What people can be told by mail about their account, after it has happened; nothing in it is to
/// be clicked.
public enum AccountNotice {
    PASSWORD_CHANGED,
    EMAIL_CHANGED,
    PHONE_CHANGED,
    IDENTITY_LINKED,
    IDENTITY_UNLINKED,
    MFA_FACTOR_ENROLLED,
    MFA_FACTOR_UNENROLLED,
    PASSKEY_ADDED,
    PASSKEY_REMOVED
}
