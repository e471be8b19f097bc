package dev.ashlar.auth;

import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.account.PhoneNumber;

/// What somebody offers in exchange for a session. Sealed: each kind is a branch of [SignIn#with].
public sealed interface Grant {

    /// An account's e-mail address and password.
    record Password(EmailAddress email, String password) implements Grant {
        @Override
        public String toString() {
            return "Password[" + email.text() + "]";
        }
    }

    /// An account's phone number and password.
    record PhonePassword(PhoneNumber phone, String password) implements Grant {
        @Override
        public String toString() {
            return "PhonePassword[]";
        }
    }

    /// The code that a PKCE flow ended with, and the verifier of its challenge.
    record Pkce(String code, String verifier) implements Grant {
        @Override
        public String toString() {
            return "Pkce[]";
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
