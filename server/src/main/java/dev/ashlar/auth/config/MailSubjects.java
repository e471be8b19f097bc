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
                String reauthentication,
        @Setting(
                        def = "Your password was changed",
                        doc = "Subject of the notice of a new password.")
                String passwordChanged,
        @Setting(
                        def = "Your email address was changed",
                        doc = "Subject of the notice of a new address, told to the old one.")
                String emailChanged,
        @Setting(
                        def = "Your phone number was changed",
                        doc = "Subject of the notice of a new phone number.")
                String phoneChanged,
        @Setting(
                        def = "A way to sign in was added",
                        doc = "Subject of the notice of a foreign identity that was linked.")
                String identityLinked,
        @Setting(
                        def = "A way to sign in was removed",
                        doc = "Subject of the notice of a foreign identity that was unlinked.")
                String identityUnlinked,
        @Setting(
                        def = "A second factor was added",
                        doc = "Subject of the notice of a second factor that was added.")
                String mfaFactorEnrolled,
        @Setting(
                        def = "A second factor was removed",
                        doc = "Subject of the notice of a second factor that was removed.")
                String mfaFactorUnenrolled,
        @Setting(
                        def = "A passkey was added",
                        doc = "Subject of the notice of a passkey that was added.")
                String passkeyAdded,
        @Setting(
                        def = "A passkey was removed",
                        doc = "Subject of the notice of a passkey that was removed.")
                String passkeyRemoved) {}
