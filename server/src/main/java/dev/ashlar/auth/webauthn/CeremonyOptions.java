package dev.ashlar.auth.webauthn;

import dev.ashlar.auth.account.Account;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonArray;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a browser asks authenticators for: `PublicKeyCredentialCreationOptionsJSON` and
/// `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3, sections 5.1.9 and 5.1.10).
public final class CeremonyOptions {
    private CeremonyOptions() {}

    /// For whom a credential is made, as the browser's dialog shows it.
    public record Person(UserHandle handle, String name, String displayName) {
        private static final int MAX_LABEL_CHARS = 64;

        /// The name is what people tell their accounts apart by.
        public static Person of(Account account) {
            String address = account.contact().email();
            String number = account.contact().phone();
            String name =
                    address != null
                            ? address
                            : number != null ? "+" + number : account.id().toString();
            JsonObject data = account.metadata().user();
            String label = data.findText("name").or(() -> data.findText("full_name")).orElse("");
            boolean usable = !label.isBlank() && label.length() <= MAX_LABEL_CHARS;
            return new Person(UserHandle.of(account.id()), name, usable ? label : name);
        }
    }

    /// Whether the authenticator keeps the credential by itself, so that it is found without a
    /// name; one made anew for the same handle takes the place of the old one.
    public enum ResidentKey {
        REQUIRED,
        DISCOURAGED
    }

    /// What a new credential has to be like.
    public record Wish(ResidentKey residentKey, UserVerification verification) {}

    /// `existing` are the person's others: an authenticator that has one makes no second.
    public static JsonObject creation(
            RelyingParty party,
            Person person,
            String challenge,
            List<WebAuthnCredential> existing,
            Wish wish,
            Duration timeout) {
        boolean resident = wish.residentKey() == ResidentKey.REQUIRED;
        return new JsonObjectBuilder()
                .put(
                        "rp",
                        new JsonObjectBuilder()
                                .put("id", party.id())
                                .put("name", party.name())
                                .build())
                .put(
                        "user",
                        new JsonObjectBuilder()
                                .put("id", person.handle().text())
                                .put("name", person.name())
                                .put("displayName", person.displayName())
                                .build())
                .put("challenge", challenge)
                .put("pubKeyCredParams", parameters())
                .put("timeout", timeout.toMillis())
                .put("excludeCredentials", descriptors(existing))
                .put(
                        "authenticatorSelection",
                        new JsonObjectBuilder()
                                .put("residentKey", resident ? "required" : "discouraged")
                                .put("requireResidentKey", resident)
                                .put("userVerification", wish.verification().word())
                                .build())
                .put("attestation", "none")
                .build();
    }

    /// `allowed` may be empty: then whatever the authenticator has kept for the domain.
    public static JsonObject request(
            RelyingParty party,
            String challenge,
            List<WebAuthnCredential> allowed,
            UserVerification verification,
            Duration timeout) {
        JsonObjectBuilder options =
                new JsonObjectBuilder()
                        .put("challenge", challenge)
                        .put("timeout", timeout.toMillis())
                        .put("rpId", party.id());
        if (!allowed.isEmpty()) {
            options.put("allowCredentials", descriptors(allowed));
        }
        return options.put("userVerification", verification.word()).build();
    }

    private static JsonArray parameters() {
        List<JsonValue> parameters = new ArrayList<>();
        for (long algorithm : Ceremonies.algorithms()) {
            parameters.add(
                    new JsonObjectBuilder()
                            .put("type", "public-key")
                            .put("alg", algorithm)
                            .build());
        }
        return new JsonArray(parameters);
    }

    private static JsonArray descriptors(List<WebAuthnCredential> credentials) {
        return new JsonArray(
                List.copyOf(credentials.stream().map(CeremonyOptions::descriptor).toList()));
    }

    private static JsonObject descriptor(WebAuthnCredential credential) {
        JsonObjectBuilder descriptor =
                new JsonObjectBuilder().put("type", "public-key").put("id", credential.id());
        if (!credential.transports().isEmpty()) {
            List<JsonValue> transports =
                    List.copyOf(credential.transports().stream().map(JsonString::new).toList());
            descriptor.put("transports", new JsonArray(transports));
        }
        return descriptor.build();
    }
}
