package dev.ashlar.auth.config;

import dev.ashlar.config.Setting;

/// The section `auth.mail.subjects`, one for each kind of mail; with the placeholders of templates.
public record MailSubjects(
        @Setting(def = "Confirm your email address", doc = "Subject of the mail after a sign-up.")
                String confirmation,
        @Setting(def = "You have been invited", doc = "Subject of an invitation.") String invite,
        @Setting(def = "Your sign-in link and code", doc = "Subject of a magic link.")
                String magicLink,
        @Setting(def = "Reset your password", doc = "Subject of a recovery.") String recovery,
        @Setting(def = "Confirm your new email address", doc = "Subject of a change of address.")
                String emailChange,
        @Setting(def = "{{ .Token }} is your code", doc = "Subject of a reauthentication.")
                String reauthentication) {}
