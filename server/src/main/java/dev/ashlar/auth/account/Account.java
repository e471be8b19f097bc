package dev.ashlar.auth.account;

import dev.ashlar.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody who may sign in, as stored; without any secret. Times are exact to the microsecond.
public record Account(
        UUID id,
        String audience,
        String role,
        Contact contact,
        Metadata metadata,
        Moments moments,
        List<Identity> identities,
        Kind kind,
        Sent sent,
        List<Factor> factors) {
    /// Identities of single sign-on have a provider that begins so, and ends in its id; no other
    /// provider's name begins so.
    public static final String SSO_PREFIX = "sso:";

    /// To whom nothing was sent yet, and who has no second factor.
    public Account(
            UUID id,
            String audience,
            String role,
            Contact contact,
            Metadata metadata,
            Moments moments,
            List<Identity> identities,
            Kind kind) {
        this(
                id,
                audience,
                role,
                contact,
                metadata,
                moments,
                identities,
                kind,
                Sent.NOTHING,
                List.of());
    }

    /// How a person is reached; phone numbers are digits without the plus. `newEmail` and
    /// `newPhone` wait for their confirmation.
    public record Contact(
            @Nullable String email,
            @Nullable Instant emailConfirmedAt,
            @Nullable String phone,
            @Nullable Instant phoneConfirmedAt,
            @Nullable String newEmail,
            @Nullable String newPhone) {

        /// By e-mail alone.
        static Contact of(@Nullable String email, @Nullable Instant confirmedAt) {
            return new Contact(email, confirmedAt, null, null, null, null);
        }

        Contact withEmail(@Nullable String address, @Nullable Instant at) {
            return new Contact(address, at, phone, phoneConfirmedAt, newEmail, newPhone);
        }

        Contact withPhone(@Nullable String number, @Nullable Instant at) {
            return new Contact(email, emailConfirmedAt, number, at, newEmail, newPhone);
        }

        Contact proposing(@Nullable String address, @Nullable String number) {
            return new Contact(email, emailConfirmedAt, phone, phoneConfirmedAt, address, number);
        }
    }

    /// When a code or link of each kind was last sent.
    public record Sent(
            @Nullable Instant confirmationAt,
            @Nullable Instant recoveryAt,
            @Nullable Instant reauthenticationAt,
            @Nullable Instant emailChangeAt,
            @Nullable Instant phoneChangeAt) {
        public static final Sent NOTHING = new Sent(null, null, null, null, null);
    }

    /// `app` is set by admins alone and may be trusted by policies; `user` is the person's own.
    public record Metadata(JsonObject app, JsonObject user) {}

    /// When what happened.
    public record Moments(
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant lastSignInAt,
            @Nullable Instant invitedAt,
            @Nullable Instant bannedUntil,
            @Nullable Instant deletedAt) {

        Moments withInvitedAt(Instant at) {
            return new Moments(createdAt, updatedAt, lastSignInAt, at, bannedUntil, deletedAt);
        }
    }

    /// Whether the account has a name to come back by, and whose it is.
    public enum Kind {
        PERMANENT,
        ANONYMOUS,
        /// An organisation's identity provider signs the person in and says who they are: nothing
        /// of that is changed here, and the address is nobody's else's business.
        SINGLE_SIGN_ON
    }

    /// As it looks when a confirmation has just been sent.
    public Account withConfirmationSentAt(Instant at) {
        Sent now =
                new Sent(
                        at,
                        sent.recoveryAt(),
                        sent.reauthenticationAt(),
                        sent.emailChangeAt(),
                        sent.phoneChangeAt());
        return new Account(
                id, audience, role, contact, metadata, moments, identities, kind, now, factors);
    }

    /// The id of the identity provider that the account is of.
    public Optional<String> findSsoProvider() {
        return identities.stream()
                .map(Identity::provider)
                .filter(name -> name.startsWith(SSO_PREFIX))
                .map(name -> name.substring(SSO_PREFIX.length()))
                .findFirst();
    }

    public boolean isBannedAt(Instant now) {
        return moments.bannedUntil() != null && now.isBefore(moments.bannedUntil());
    }

    public boolean isDeleted() {
        return moments.deletedAt() != null;
    }

    public Optional<Factor> findFactor(UUID factor) {
        return factors.stream().filter(own -> own.id().equals(factor)).findFirst();
    }

    /// Whether there is a second factor to be asked for.
    public boolean hasVerifiedFactor() {
        return factors.stream().anyMatch(Factor::isVerified);
    }

    public boolean isConfirmed() {
        return contact.emailConfirmedAt() != null || contact.phoneConfirmedAt() != null;
    }
}
