package dev.ashlar.auth;

/// What somebody offers in exchange for a session. Sealed: each kind is a branch of [SignIn#with].
public sealed interface Grant {

    /// An account's e-mail address and password.
    record Password(EmailAddress email, String password) implements Grant {
        @Override
        public String toString() {
            return "Password[" + email.text() + "]";
        }
    }

    /// The refresh token of a running session.
    record Refresh(String token) implements Grant {
        @Override
        public String toString() {
            return "Refresh[]";
        }
    }
}
