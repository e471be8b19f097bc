package dev.ashlar.auth.provider;

import dev.ashlar.auth.account.Account;
import dev.ashlar.auth.account.Account.Contact;
import dev.ashlar.auth.account.AddressProof;
import dev.ashlar.json.JsonObjectBuilder;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a client is told about a person, by scope (OpenID Connect Core, 5.1 and 5.4). The profile
/// is what the person has written about themselves.
public final class PersonClaims {
    private static final List<String> PROFILE =
            List.of(
                    "given_name",
                    "family_name",
                    "middle_name",
                    "nickname",
                    "preferred_username",
                    "profile",
                    "website",
                    "gender",
                    "birthdate",
                    "zoneinfo",
                    "locale");

    /// All that may be told, for the discovery document.
    public static final List<String> SUPPORTED =
            Stream.concat(
                            Stream.of(
                                    "sub",
                                    "email",
                                    "email_verified",
                                    "phone_number",
                                    "phone_number_verified",
                                    "name",
                                    "picture",
                                    "updated_at"),
                            PROFILE.stream())
                    .toList();

    private PersonClaims() {}

    /// Adds them to `claims`.
    public static void put(JsonObjectBuilder claims, Account account, String scope) {
        Set<String> scopes = Scopes.words(scope);
        Contact contact = account.contact();
        claims.put("sub", account.id().toString());
        if (scopes.contains("email") && contact.email() != null) {
            claims.put("email", contact.email())
                    .put("email_verified", AddressProof.isProved(account));
        }
        if (scopes.contains("phone") && contact.phone() != null) {
            claims.put("phone_number", "+" + contact.phone())
                    .put("phone_number_verified", AddressProof.isPhoneProved(account));
        }
        if (scopes.contains("profile")) {
            putProfile(claims, account);
        }
    }

    private static void putProfile(JsonObjectBuilder claims, Account account) {
        JsonObject own = account.metadata().user();
        first(own, "name", "full_name").ifPresent(name -> claims.put("name", name));
        first(own, "picture", "avatar_url").ifPresent(url -> claims.put("picture", url));
        PROFILE.forEach(name -> first(own, name).ifPresent(text -> claims.put(name, text)));
        claims.put("updated_at", account.moments().updatedAt().getEpochSecond());
    }

    private static Optional<String> first(JsonObject own, String... names) {
        return Stream.of(names).flatMap(name -> text(own, name).stream()).findFirst();
    }

    private static Optional<String> text(JsonObject own, String name) {
        return own.find(name)
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).text())
                .filter(text -> !text.isEmpty());
    }
}
