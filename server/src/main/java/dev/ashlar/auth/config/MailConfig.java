package dev.ashlar.auth.config;

import dev.ashlar.config.Secret;
import dev.ashlar.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The section `auth.mail`: how mail is sent, and the codes and links in it.
public record MailConfig(
        @Setting(doc = "SMTP server that takes our mail; without one mail is not sent.")
                Optional<String> host,
        @Setting(def = "587", doc = "Its port; 587 for STARTTLS, 465 for TLS from the start.")
                int port,
        @Setting(
                        def = "starttls",
                        doc =
                                "How the connection is secured; the server's certificate has to be"
                                        + " good for its name.")
                Tls tls,
        @Setting(doc = "PEM file of authorities trusted for it, instead of the usual ones.")
                Optional<Path> authorities,
        @Setting(doc = "Name to log in with.") Optional<String> user,
        @Setting(doc = "Password to log in with.") Optional<Secret> password,
        @Setting(def = "no-reply@localhost", doc = "Address that mail comes from.") String from,
        @Setting(doc = "Name that stands before it.") Optional<String> senderName,
        @Setting(def = "60s", doc = "Least time between two messages of one kind to one address.")
                Duration frequency,
        @Setting(
                        doc =
                                "What people are told of by mail after it has happened to their"
                                        + " account: password-changed, email-changed, phone-changed,"
                                        + " identity-linked, identity-unlinked, mfa-factor-enrolled,"
                                        + " mfa-factor-unenrolled, passkey-added, passkey-removed.")
                List<AccountNotice> notices,
        @Setting(
                        doc =
                                "Folder of templates that replace ours: confirmation, invite,"
                                        + " magic_link, recovery, email_change, reauthentication, and"
                                        + " one for each notice such as password_changed_notification,"
                                        + " each .html and .txt.")
                Optional<Path> templates,
        @Setting(def = "6", doc = "Digits of a code, 6 to 10.") int codeLength,
        @Setting(def = "1h", doc = "How long a code or link is good for; at most 24h.")
                Duration codeLifetime,
        @Setting(def = "true", doc = "Whether a new address is confirmed from the old one too.")
                boolean secureEmailChange,
        @Setting(
                        def = "false",
                        doc =
                                "Links in mail lead to a page with a button first, for readers"
                                        + " whose mail scanner follows links.")
                boolean linkPage,
        @Setting(
                        def = "auto",
                        doc =
                                "Show mail at /auth/v1/inbox instead of sending it; auto: while"
                                        + " there is no SMTP server, and server and site are on this"
                                        + " machine.")
                Inbox inbox,
        MailSubjects subjects) {

    /// None is for servers on the same machine.
    public enum Tls {
        STARTTLS,
        IMPLICIT,
        NONE
    }

    /// Whether messages are shown instead of sent.
    public enum Inbox {
        AUTO,
        ON,
        OFF
    }

    public MailConfig {
        require(port >= 1 && port <= 65_535, "auth.mail.port must lie between 1 and 65535");
        require(!frequency.isNegative(), "auth.mail.frequency cannot be negative");
        require(
                codeLength >= 6 && codeLength <= 10,
                "auth.mail.code-length must lie between 6 and 10");
        require(
                codeLifetime.isPositive() && codeLifetime.compareTo(Duration.ofDays(1)) <= 0,
                "auth.mail.code-lifetime must lie between a second and a day");
        require(
                user.isPresent() == password.isPresent(),
                "auth.mail.user and auth.mail.password go together");
        require(
                host.isEmpty() || inbox != Inbox.ON,
                "auth.mail.inbox cannot be on where auth.mail.host is set");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
