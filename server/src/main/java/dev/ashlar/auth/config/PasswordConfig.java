package dev.ashlar.auth.config;

import dev.ashlar.config.Setting;
import java.util.List;

/// The section `auth.password`: what a password has to be like, and what it takes to change it. The
/// shortest length is `auth.password-min-length`.
public record PasswordConfig(
        @Setting(
                        doc =
                                "Kinds of characters of which a password needs one each: lower,"
                                        + " upper, digit, symbol.")
                List<CharacterClass> required,
        @Setting(
                        def = "true",
                        doc = "Refuse passwords that are known from leaks; the list is built in.")
                boolean refuseLeaked,
        @Setting(
                        def = "false",
                        doc =
                                "A new password needs a code sent to the account (/reauthenticate),"
                                        + " unless the session began within a day.")
                boolean updateRequiresReauthentication,
        @Setting(def = "false", doc = "A new password needs the current one beside it.")
                boolean updateRequiresCurrent) {

    /// Letters count in any script.
    public enum CharacterClass {
        LOWER,
        UPPER,
        DIGIT,
        SYMBOL;

        public boolean isIn(String password) {
            return password.codePoints().anyMatch(this::holds);
        }

        private boolean holds(int c) {
            return switch (this) {
                case LOWER -> Character.isLowerCase(c);
                case UPPER -> Character.isUpperCase(c);
                case DIGIT -> Character.isDigit(c);
                case SYMBOL -> !Character.isLetterOrDigit(c) && !Character.isWhitespace(c);
            };
        }
    }
}
