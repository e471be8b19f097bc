package dev.ashlar.auth;

import dev.ashlar.auth.account.EmailAddress;
import dev.ashlar.auth.social.Profile;
import dev.ashlar.auth.social.Profile.EmailStatus;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import java.util.UUID;

/// An identity that somebody wants on their account, while it waits for the client that asked.
/// `session` is the one that it was asked for in.
record PendingLink(String provider, UUID session, Profile profile) {

    JsonObject json() {
        return new JsonObjectBuilder()
                .put("provider", provider)
                .put("session", session.toString())
                .put("subject", profile.subject())
                .putIfPresent("email", profile.email().map(EmailAddress::text).orElse(null))
                .put("status", profile.status().name())
                .put("details", profile.details())
                .build();
    }

    static PendingLink of(JsonObject kept) {
        return new PendingLink(
                kept.findText("provider").orElseThrow(),
                UUID.fromString(kept.findText("session").orElseThrow()),
                new Profile(
                        kept.findText("subject").orElseThrow(),
                        kept.findText("email").map(EmailAddress::parse),
                        EmailStatus.valueOf(kept.findText("status").orElseThrow()),
                        kept.findObject("details").orElse(JsonObject.EMPTY)));
    }
}
