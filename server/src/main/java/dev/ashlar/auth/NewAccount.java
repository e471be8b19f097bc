package dev.ashlar.auth;

import dev.ashlar.auth.Account.Contact;
import dev.ashlar.auth.Account.Kind;
import dev.ashlar.auth.Account.Metadata;
import dev.ashlar.auth.Account.Moments;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes accounts as they look when they are new.
final class NewAccount {
    private NewAccount() {}

    /// Signs in by e-mail; `confirmedAt` is null until the address is confirmed.
    static Account withEmail(
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
                new Contact(email.text(), confirmedAt, null, null, null),
                new Metadata(app, userMetadata),
                new Moments(now, now, null, null, null, null),
                List.of(emailIdentity(id, email, confirmedAt, now)),
                Kind.PERMANENT);
    }

    /// Has no name to come back by.
    static Account anonymous(UUID id, String audience, JsonObject userMetadata, Instant now) {
        return new Account(
                id,
                audience,
                "authenticated",
                new Contact(null, null, null, null, null),
                new Metadata(JsonObject.EMPTY, userMetadata),
                new Moments(now, now, null, null, null, null),
                List.of(),
                Kind.ANONYMOUS);
    }

    static Identity emailIdentity(
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

    static JsonObject emailDetails(
            UUID account, EmailAddress email, @Nullable Instant confirmedAt) {
        return new JsonObjectBuilder()
                .put("email", email.text())
                .put("email_verified", confirmedAt != null)
                .put("phone_verified", false)
                .put("sub", account.toString())
                .build();
    }
}
