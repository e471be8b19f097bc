package dev.ashlar.auth.account;

import dev.ashlar.auth.account.Account.Contact;
import dev.ashlar.auth.account.Account.Kind;
import dev.ashlar.auth.account.Account.Metadata;
import dev.ashlar.auth.account.Account.Moments;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes accounts as they look when they are new.
public final class NewAccount {
    private NewAccount() {}

    /// Signs in by e-mail; `confirmedAt` is null until the address is confirmed.
    public static Account withEmail(
            UUID id,
            String audience,
            EmailAddress email,
            @Nullable Instant confirmedAt,
            JsonObject userMetadata,
            Instant now) {
        JsonObject app =
                new JsonObjectBuilder()
                        .put("provider", "email")
                        .put("providers", new JsonArray(List.of(new JsonString("email"))))
                        .build();
        return new Account(
                id,
                audience,
                "authenticated",
                Contact.of(email.text(), confirmedAt),
                new Metadata(app, userMetadata),
                new Moments(now, now, null, null, null, null),
                List.of(emailIdentity(id, email, confirmedAt, now)),
                Kind.PERMANENT);
    }

    /// Signs in by e-mail, which counts as confirmed although nobody has proved it.
    public static Account withUnprovedEmail(
            UUID id, String audience, EmailAddress email, JsonObject userMetadata, Instant now) {
        Account account = withEmail(id, audience, email, now, userMetadata, now);
        return new Account(
                id,
                audience,
                account.role(),
                account.contact(),
                account.metadata(),
                account.moments(),
                List.of(emailIdentity(id, email, null, now)),
                account.kind());
    }

    /// Signs in by an identity of a foreign provider. An address counts as confirmed when it is
    /// given with a time.
    public static Account withIdentity(
            Identity identity,
            String audience,
            @Nullable EmailAddress email,
            @Nullable Instant confirmedAt,
            JsonObject userMetadata,
            Instant now) {
        JsonObject app =
                new JsonObjectBuilder()
                        .put("provider", identity.provider())
                        .put(
                                "providers",
                                new JsonArray(List.of(new JsonString(identity.provider()))))
                        .build();
        return new Account(
                identity.accountId(),
                audience,
                "authenticated",
                Contact.of(email == null ? null : email.text(), confirmedAt),
                new Metadata(app, userMetadata),
                new Moments(now, now, null, null, null, null),
                List.of(identity),
                Kind.PERMANENT);
    }

    /// Signs in by an identity provider of an organisation, which vouches for the address.
    public static Account withSingleSignOn(
            Identity identity,
            String audience,
            EmailAddress email,
            JsonObject userMetadata,
            Instant now) {
        Account account = withIdentity(identity, audience, email, now, userMetadata, now);
        return new Account(
                account.id(),
                audience,
                account.role(),
                account.contact(),
                account.metadata(),
                account.moments(),
                account.identities(),
                Kind.SINGLE_SIGN_ON);
    }

    /// Signs in by phone; `confirmedAt` is null until the number is confirmed.
    public static Account withPhone(
            UUID id,
            String audience,
            PhoneNumber phone,
            @Nullable Instant confirmedAt,
            JsonObject userMetadata,
            Instant now) {
        JsonObject app =
                new JsonObjectBuilder()
                        .put("provider", "phone")
                        .put("providers", new JsonArray(List.of(new JsonString("phone"))))
                        .build();
        return new Account(
                id,
                audience,
                "authenticated",
                Contact.of(null, null).withPhone(phone.digits(), confirmedAt),
                new Metadata(app, userMetadata),
                new Moments(now, now, null, null, null, null),
                List.of(phoneIdentity(id, phone, confirmedAt, now)),
                Kind.PERMANENT);
    }

    public static Identity phoneIdentity(
            UUID account, PhoneNumber phone, @Nullable Instant confirmedAt, Instant now) {
        return new Identity(
                UUID.randomUUID(),
                account,
                "phone",
                account.toString(),
                phoneDetails(account, phone, confirmedAt),
                null,
                now,
                now,
                now);
    }

    public static JsonObject phoneDetails(
            UUID account, PhoneNumber phone, @Nullable Instant confirmedAt) {
        return new JsonObjectBuilder()
                .put("email_verified", false)
                .put("phone", phone.digits())
                .put("phone_verified", confirmedAt != null)
                .put("sub", account.toString())
                .build();
    }

    /// Has no name to come back by.
    public static Account anonymous(
            UUID id, String audience, JsonObject userMetadata, Instant now) {
        return new Account(
                id,
                audience,
                "authenticated",
                Contact.of(null, null),
                new Metadata(JsonObject.EMPTY, userMetadata),
                new Moments(now, now, null, null, null, null),
                List.of(),
                Kind.ANONYMOUS);
    }

    public static Identity emailIdentity(
            UUID account, EmailAddress email, @Nullable Instant confirmedAt, Instant now) {
        return new Identity(
                UUID.randomUUID(),
                account,
                "email",
                account.toString(),
                emailDetails(account, email, confirmedAt),
                email.text(),
                now,
                now,
                now);
    }

    public static JsonObject emailDetails(
            UUID account, EmailAddress email, @Nullable Instant confirmedAt) {
        return new JsonObjectBuilder()
                .put("email", email.text())
                .put("email_verified", confirmedAt != null)
                .put("phone_verified", false)
                .put("sub", account.toString())
                .build();
    }
}
